import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { readBumpConfig } from '../src/index.ts'
import { bump, failureOf } from './project.ts'

interface GoldenCase {
  readonly name: string
  readonly toml: string
  readonly part: string | null
  readonly new_version: string | null
  readonly files_before: Readonly<Record<string, string>>
  readonly ok: boolean
  readonly current_version_after: string
  readonly files_after: Readonly<Record<string, string>>
  readonly pyproject_after?: string
}

interface Outcome {
  readonly ok: boolean
  readonly current_version_after: string | undefined
  readonly files_after: Readonly<Record<string, string>>
}

/** Where we differ from the tool on purpose, with what we do instead. Nothing else may differ. */
const INTENDED_DIFFERENCES: Readonly<Record<string, { reason: string; ours: Partial<Outcome> }>> = {
  'file substring replaced': {
    reason: 'a version inside of a longer one (11.2.30) is another version and stays',
    ours: { files_after: { 'f.txt': 'a 1.2.4 b 11.2.30\n' } },
  },
  'trailing-optional 1.0.0 patch': {
    reason: 'current_version is replaced whole, not the "1" in it that the shortest format writes',
    ours: { current_version_after: '1.0.1' },
  },
}

const recorded = JSON.parse(readFileSync(join(import.meta.dirname, 'bump-my-version.json'), 'utf8')) as {
  readonly cases: readonly GoldenCase[]
}

describe('what bump-my-version 1.3.0 does', () => {
  it('is recorded in 75 cases, of which ours differs in those of the table', () => {
    const names = recorded.cases.map(({ name }) => name)
    expect(names).toHaveLength(75)
    expect(names).toEqual(expect.arrayContaining(Object.keys(INTENDED_DIFFERENCES)))
  })

  it.each(recorded.cases)('is done here too: $name', golden => {
    const { ok, current_version_after, files_after } = golden
    const theirs = { ok, current_version_after, files_after }
    expect(outcomeOf(golden)).toEqual({ ...theirs, ...INTENDED_DIFFERENCES[golden.name]?.ours })
  })

  it('leaves the rest of pyproject.toml as the tool left it', () => {
    const golden = recorded.cases.find(({ pyproject_after }) => pyproject_after !== undefined)
    const { after } = bump({ 'pyproject.toml': golden?.toml ?? '' }, 'patch')
    expect(after['pyproject.toml']).toBe(golden?.pyproject_after)
  })
})

function outcomeOf({ toml, part, new_version, files_before }: GoldenCase): Outcome {
  const before = { ...files_before, 'pyproject.toml': toml }
  const request = part === null ? { newVersion: new_version ?? '' } : { part }
  try {
    return { ok: true, ...stateOf(bump(before, request).after) }
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'UserError') throw error
    const words = failureOf(() => bump(before, request))
    expect(words).toMatch(/^BUMP_[A-Z_]+: /)
    return { ok: false, ...stateOf(before) }
  }
}

function stateOf(files: Readonly<Record<string, string>>): Omit<Outcome, 'ok'> {
  const { 'pyproject.toml': toml = '', ...others } = files
  return { current_version_after: versionIn(toml), files_after: others }
}

function versionIn(toml: string): string | undefined {
  return /^current_version = "(.*)"$/m.exec(toml)?.[1] ?? readBumpConfig(() => toml)?.currentVersion
}
