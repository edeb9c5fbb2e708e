import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { gitIn } from '@tokenledger/testkit'
import type { Commit } from '../../src/index.ts'
import { server } from '../history/clones.ts'
import { byHand, hashOf, notesOf } from './notes-of.ts'

const CLIFF = readFileSync(join(import.meta.dirname, '../../../../examples/tokenledger/cliff.toml'), 'utf8')

/** In the order of their commits; a squash and a merge among them. */
const MESSAGES = [
  'chore: tidy the notes',
  'feat(ledger): costs by model (#12)',
  'fix: a sum (#3)\n\nFixes #99, after (#12).',
  'feat(api)!: drop the old table (#120)\n\n* feat: first try\n\n* fix: second try',
  'refactor: one price table\n\nBREAKING CHANGE: the key `prices` is\nnow `price_table`',
  'Update README.md',
  'docs: a guide',
  'perf(db): fewer queries',
  'Revert "feat: nothing"\n\nThis reverts commit 0123456.',
  'build(deps): bump a from 1 to 2 (#7)',
  'ci: a matrix',
  'fix(security): no secrets in logs',
  'something: of an unknown type',
  'chore(release): v2.0.0',
  'chore!: Python 3.10 is gone',
  'see (#1) and (#12)',
] as const

function everyKind() {
  const repo = server()
  repo.git('tag', 'v1.0.0')
  for (const message of MESSAGES) repo.commits(1, message)
  repo.git('tag', 'v2.0.0rc1')
  repo.git('switch', '--quiet', '--create', 'side')
  repo.commits(1, 'fix: on a side')
  repo.git('switch', '--quiet', 'main')
  repo.git('merge', '--quiet', '--no-ff', '--message', 'Merge pull request #8 from o/side', 'side')
  repo.git('tag', 'v2.0.0')
  return repo
}

const subjects = (commits: readonly Commit[]) => commits.map(({ message }) => message.split('\n')[0])
const short = (root: string, subject: string) => hashOf(root, subject).slice(0, 7)

describe("the example's cliff.toml", () => {
  it('puts the groups in order, marks what breaks, and links the pull requests', async () => {
    const { path } = everyKind()
    const { body } = await notesOf(path, { from: 'v1.0.0', cliff: CLIFF, repository: 'org/ledger' })
    const at = (subject: string) => `(${short(path, subject)})`
    const pull = (number: number) => `([#${number}](https://github.com/org/ledger/pull/${number}))`
    expect(body).toBe(`### Breaking changes

- **api:** Drop the old table (#120)
- The key \`prices\` is now \`price_table\`
- Python 3.10 is gone

### Features

- **ledger:** Costs by model ${pull(12)}
- **Breaking:** **api:** Drop the old table ${pull(120)}

### Fixes

- A sum ${pull(3)}
- **security:** No secrets in logs ${at('fix(security)')}
- On a side ${at('fix: on a side')}

### Performance

- **db:** Fewer queries ${at('perf(db)')}

### Reverted

- Revert "feat: nothing" ${at('Revert')}

### Documentation

- A guide ${at('docs: a guide')}

### Refactoring

- **Breaking:** One price table ${at('refactor: one')}

### Maintenance

- Tidy the notes ${at('chore: tidy')}
- **deps:** Bump a from 1 to 2 ${pull(7)}
- A matrix ${at('ci: a matrix')}
- **Breaking:** Python 3.10 is gone ${at('chore!:')}

### Other changes

- Update README.md ${at('Update README')}
- Of an unknown type ${at('something: of')}
- See ${pull(1)} and ${pull(12)}

[All changes since v1.0.0](https://github.com/org/ledger/compare/v1.0.0...v2.0.0)
`)
  })

  it('leaves out merges and the commits of releases alone, and these are told', async () => {
    const notes = await notesOf(everyKind().path, { from: 'v1.0.0', cliff: CLIFF })
    expect(subjects(notes.dropped)).toEqual(['chore(release): v2.0.0'])
    expect(subjects(notes.merges)).toEqual(['Merge pull request #8 from o/side'])
    expect(subjects(notes.unconventional)).toEqual([
      'see (#1) and (#12)',
      'Revert "feat: nothing"',
      'Update README.md',
    ])
    expect(notes.included).toBe(MESSAGES.length)
    expect(notes.breaking).toHaveLength(3)
  })

  it('without a repository leaves the numbers for GitHub to link', async () => {
    const { body } = await notesOf(everyKind().path, { from: 'v1.0.0', cliff: CLIFF })
    expect(body).toContain('- **ledger:** Costs by model (#12)\n')
    expect(body).not.toContain('http')
  })

  it('serves git-cliff by hand too: prereleases are part of the final release', async () => {
    const { path } = everyKind()
    const { body } = await notesOf(path, { from: 'v1.0.0', cliff: CLIFF })
    expect(await byHand(path, CLIFF, '--', 'v1.0.0..v2.0.0')).toBe(body)
  })

  it.each(['v1.2.3', 'v0.1', 'v1.0.0rc1', 'v1.0.0-rc.1', 'v2.0.0a3', 'v1.0.0.post1'])(
    'takes %s for a release',
    async tag => {
      const repo = server()
      repo.git('tag', tag)
      const cliff = CLIFF.replace(/^ignore_tags.*$/m, '').replace(
        '{%- set github',
        'Version {{ version }}.{%- set github',
      )
      expect(await byHand(repo.path, cliff)).toContain(`Version ${tag}.`)
    },
  )

  it.each(['v1.2.3-docs', 'old-v1.2.3', 'version-1', 'v1.2.3rc'])('takes %s for none', async tag => {
    const repo = server()
    gitIn(repo.path)('tag', tag)
    const cliff = CLIFF.replace('{%- set github', 'Version {{ version }}.{%- set github')
    expect(await byHand(repo.path, cliff)).toContain('Version .')
  })
})
