import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { LEDGER, leftOut } from './change-in.ts'

const known = [...Object.keys(LEDGER), 'docs/new.md', 'dashboard/new.ts', 'tests/data/x.md', 'ledger/new.py']
const anyPath = fc.oneof(
  fc.constantFrom(...known),
  fc
    .array(fc.constantFrom('docs', 'x', 'dashboard', 'ledger', '.hidden'), { maxLength: 3 })
    .chain(folders =>
      fc.constantFrom('a.md', 'a.py', 'a.png', 'a', 'a.toml').map(name => [...folders, name].join('/')),
    ),
)
const readers = fc.constantFrom('', 'Path("docs")', 'rglob("*.md")', 'README.md', 'Path("dashboard")')
const scripts = fc.constantFrom('"build": "x"', '"build": "x", "coverage": "y"', '"build": "cd .."')

describe('whatever a project is like', () => {
  it('one more file never leaves out one more job', async () => {
    const law = fc.asyncProperty(
      fc.uniqueArray(anyPath, { minLength: 1, maxLength: 4 }),
      anyPath,
      readers,
      scripts,
      async (changed, more, reader, script) => {
        const files = { 'tests/test_x.py': reader, 'dashboard/package.json': `{"scripts": {${script}}}` }
        const [before, after] = [
          await leftOut(changed, { files }),
          await leftOut([...changed, more], { files }),
        ]
        expect(after.filter(job => !before.includes(job))).toEqual([])
      },
    )
    await fc.assert(law, { numRuns: 300 })
  })

  it('one file of an unknown kind runs everything', async () => {
    const unknown = fc.stringMatching(/^[a-z]{1,8}(\/[a-z]{1,8}){0,2}\.(toml|txt|yml|lock|bin|in)$/)
    const outside = unknown.filter(path => !/^(?:ledger|tests|migrations|dashboard)\//.test(path))
    const law = fc.asyncProperty(fc.array(anyPath, { maxLength: 4 }), outside, async (changed, path) => {
      expect(await leftOut([...changed, path])).toEqual([])
    })
    await fc.assert(law, { numRuns: 200 })
  })
})
