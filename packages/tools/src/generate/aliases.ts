import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../repository.ts'

const CONTRACT = 'actions/setup-uv-python/action.yml'

/**
 * The short names of the set-up action: `org/tokenledger-actions/setup` and, for the Marketplace, which lists only an
 * action.yml at the root, `org/tokenledger-actions`. Copies, since a symbolic link is a text file on Windows runners.
 */
export function aliases(): Map<string, string> {
  const contract = readFileSync(join(root, CONTRACT), 'utf8')
  return new Map([
    ['setup/action.yml', alias(contract, '../dist/')],
    ['action.yml', alias(contract, 'dist/')],
  ])
}

function alias(contract: string, dist: string): string {
  const main = /(\n {2}main: )\.\.\/\.\.\/dist\//
  if (!main.test(contract)) throw new Error(`${CONTRACT} has no "main: ../../dist/…" line to rewrite.`)
  return `# Generated from ${CONTRACT} by 'npm run generate'. Do not edit.\n${contract.replace(main, `$1${dist}`)}`
}
