/** A program for tests that end it in the middle: `run-wrapped-bump.ts ROOT UV` bumps with hooks and prints what failed. */
import { messageOf } from '@tokenledger/kit'
import { wrappedBump } from '../../src/wrapped/wrapped-bump.ts'

const [root = '', uv = ''] = process.argv.slice(2)
const request = {
  root,
  folder: '',
  configFile: '',
  part: 'patch',
  newVersion: undefined,
  allowHooks: true,
  uv,
}
try {
  await wrappedBump({ ...request, say: console.log })
} catch (error) {
  console.log(messageOf(error))
  process.exitCode = 1
}
