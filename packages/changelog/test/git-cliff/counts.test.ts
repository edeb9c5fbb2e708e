import { describe, expect, it } from '@jest/globals'
import { writeFiles } from '@tokenledger/testkit'
import fc from 'fast-check'
import type { Commit } from '../../src/index.ts'
import { server } from '../history/clones.ts'
import { HIDDEN, hashOf, notesOf, PLAIN } from './notes-of.ts'

const subjects = (commits: readonly Commit[]) => commits.map(({ message }) => message.split('\n')[0])

/** With the parsers that many projects have: what is not conventional goes, and some types. */
const DROPPING = PLAIN.replace('filter_unconventional = false', 'filter_unconventional = true').replace(
  'commit_parsers = [',
  'commit_parsers = [\n  { message = "^chore", skip = true },',
)

function everyKind() {
  const repo = server()
  repo.git('tag', 'v1.0.0')
  repo.commits(1, 'feat(api)!: drop the old way')
  repo.commits(1, 'fix: a sum\n\nBREAKING CHANGE: sums are decimals\nfrom now on')
  repo.commits(1, 'chore: tidy')
  repo.commits(1, 'Update README')
  repo.git('switch', '--quiet', '--create', 'side')
  repo.commits(1, 'feat: on a side')
  repo.git('switch', '--quiet', 'main')
  repo.commits(1, 'docs: a page')
  repo.git('merge', '--quiet', '--no-ff', '--message', "Merge branch 'side'", 'side')
  return repo
}

describe('what the notes say of themselves', () => {
  it('counts the commits in them, by group in the order of the text', async () => {
    const { path } = everyKind()
    const { included, groups, breaking } = await notesOf(path, { from: 'v1.0.0' })
    expect(included).toBe(7)
    expect(groups).toEqual([
      { title: 'Features', count: 2 },
      { title: 'Others', count: 5 },
    ])
    expect(breaking).toEqual(['api: drop the old way', 'sums are decimals'])
  })

  it('names what is no Conventional Commit, merges aside', async () => {
    const { unconventional, dropped } = await notesOf(everyKind().path, { from: 'v1.0.0' })
    expect(subjects(unconventional)).toEqual(['Update README'])
    expect(dropped).toEqual([])
  })

  it('names what the configuration leaves out, and the merges by themselves', async () => {
    const notes = await notesOf(everyKind().path, { from: 'v1.0.0', cliff: DROPPING })
    expect(subjects(notes.dropped)).toEqual(['Update README', 'chore: tidy'])
    expect(subjects(notes.merges)).toEqual(["Merge branch 'side'"])
    expect(subjects(notes.unconventional)).toEqual(['Update README'])
    expect(notes.included).toBe(4)
  })

  it('names what a list of commits to ignore leaves out', async () => {
    const { path } = everyKind()
    writeFiles(path, { '.cliffignore': `${hashOf(path, 'docs: a page')}\n` })
    const { dropped } = await notesOf(path, { from: 'v1.0.0' })
    expect(subjects(dropped)).toEqual(['docs: a page'])
  })

  it('is empty together with the text when all is left out', async () => {
    const repo = server()
    repo.git('tag', 'v1.0.0')
    repo.commits(2, 'chore: tidy')
    const { body, included, dropped } = await notesOf(repo.path, { from: 'v1.0.0', cliff: DROPPING })
    expect({ body, included, dropped: dropped.length }).toEqual({ body: '', included: 0, dropped: 2 })
  })

  it('is the same for a commit that is split into several entries', async () => {
    const repo = server()
    repo.git('tag', 'v1.0.0')
    repo.commits(1, 'feat: one\nfix: two\nfix: three')
    const cliff = `${PLAIN}split_commits = true\n`
    const { included, groups, dropped } = await notesOf(repo.path, { from: 'v1.0.0', cliff })
    expect({ included, dropped }).toEqual({ included: 1, dropped: [] })
    expect(groups).toEqual([
      { title: 'Features', count: 1 },
      { title: 'Others', count: 2 },
    ])
  })
})

describe('the two ways to ask git-cliff', () => {
  const line = fc.oneof(
    fc.constantFrom('feat: ', 'fix(a b)!: ', 'BREAKING CHANGE: ', '{{ x }} ', '{% raw %}', '\\"', '# '),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
  )
  const message = fc
    .array(line, { minLength: 1, maxLength: 6 })
    .map(parts => `feat: ${parts.join('')}`.replaceAll('\0', ''))

  it('tell the same of any commit', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(message, { minLength: 1, maxLength: 12 }), async messages => {
        const repo = server()
        repo.git('tag', 'v1.0.0')
        for (const text of messages) repo.commits(1, text)
        const [once, twice] = await Promise.all([
          notesOf(repo.path, { from: 'v1.0.0' }),
          notesOf(repo.path, { from: 'v1.0.0', cliff: HIDDEN.replace('[$1]', '$0!') }),
        ])
        const body = twice.body.replace(/([0-9a-f]{40})!/g, '$1').replace(/\s*<!-- made by .* -->\n$/, '\n')
        expect({ ...twice, body, ms: 0 }).toEqual({ ...once, ms: 0 })
      }),
      { numRuns: 8 },
    )
  })
})
