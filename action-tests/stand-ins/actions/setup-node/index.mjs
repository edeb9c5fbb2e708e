import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Failure, info, input, notice, oneOf, run, setOutput } from '../../shared/runner.mjs'
import { accepts, versionIn } from './wanted-version.mjs'

await run(async () => {
  if (input('cache')) oneOf('cache', ['npm', 'yarn', 'pnpm'])
  const wanted = input('node-version') || fromFile(input('node-version-file'))
  const version = installed()
  if (wanted && !accepts(wanted, version))
    notice(`Node ${wanted} was asked for; this run without GitHub uses the ${version} of this computer.`)
  else info(`Node ${version}${wanted ? ` fits ${wanted}` : ''}`)
  if (input('registry-url')) notice('Input registry-url is left out of account in a run without GitHub.')
  setOutput('node-version', version)
  setOutput('cache-hit', 'false')
})

function installed() {
  try {
    return execFileSync('node', ['--version'], { encoding: 'utf8' }).trim()
  } catch (error) {
    throw new Failure(`There is no node on PATH (${error.code ?? error.message}); install Node 20 or later.`)
  }
}

function fromFile(name) {
  if (!name) return ''
  const file = join(process.env.GITHUB_WORKSPACE ?? '', name)
  if (!existsSync(file)) throw new Failure(`The specified node version file at: ${file} does not exist`)
  return versionIn(name, readFileSync(file, 'utf8'))
}
