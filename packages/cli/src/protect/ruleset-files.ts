import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { RulesetWish } from '@tokenledger/github'

export interface WrittenFile {
  readonly path: string
  readonly kind: 'created' | 'changed' | 'equal'
}

/** `.github/rulesets/default-branch.json` */
export function rulesetPath({ name }: RulesetWish): string {
  const words = name.replace(/^.*: /, '')
  return `.github/rulesets/${words.replaceAll(' ', '-')}.json`
}

/** Writes each ruleset as a file that GitHub's settings page imports; a file that is as it should be is not written. */
export function writeRulesets(root: string, rulesets: readonly RulesetWish[]): WrittenFile[] {
  return rulesets.map(ruleset => {
    const path = rulesetPath(ruleset)
    return { path, kind: writeFile(join(root, path), `${JSON.stringify(ruleset, null, 2)}\n`) }
  })
}

/** A kill leaves the old file or the new one. */
function writeFile(path: string, text: string): WrittenFile['kind'] {
  const exists = existsSync(path)
  if (exists && readFileSync(path, 'utf8') === text) return 'equal'
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(`${path}.new`, text)
  renameSync(`${path}.new`, path)
  return exists ? 'changed' : 'created'
}
