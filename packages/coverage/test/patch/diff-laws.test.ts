import { describe, expect, it } from '@jest/globals'
import { gitRepo } from '@tokenledger/testkit'
import fc from 'fast-check'
import { addedLines, type Edit, lineBefore } from '../../src/patch/hunks.ts'
import { parseDiff } from '../../src/patch/parse-diff.ts'
import { diffOf, diffWithContext } from './git-diff.ts'

/** Content that looks like parts of a diff, and what ends lines elsewhere. */
const line = fc.oneof(
  fc.constantFrom('a', 'b', 'c', '', ' ', '\t', 'x\r', '\r', 'a\rb', '\u2028', 'é', '\f'),
  fc.constantFrom(
    '-- a/x',
    '++ b/x',
    '- a/x',
    '+ b/x',
    '@@ -1,3 +1,9 @@',
    '@@',
    '-@@ -1 +1 @@',
    'diff --git a/x b/x',
  ),
  fc.constantFrom(
    '\\ No newline at end of file',
    'rename to x',
    'Binary files a/x and b/x differ',
    '+',
    '-',
    '+++',
    '---',
  ),
)
const content = fc.tuple(fc.array(line, { maxLength: 30 }), fc.boolean())
const textOf = ([lines, ended]: readonly [readonly string[], boolean]) =>
  lines.join('\n') + (ended ? '\n' : '')

/** Random changes of a content: most lines stay. */
const edited = content.chain(([lines, ended]) =>
  fc
    .tuple(
      fc.tuple(
        ...lines.map(old =>
          fc.oneof(
            { weight: 8, arbitrary: fc.constant([old]) },
            { weight: 1, arbitrary: fc.constant([]) },
            { weight: 1, arbitrary: fc.array(line, { maxLength: 3 }) },
          ),
        ),
      ),
      fc.boolean(),
    )
    .map(([parts, endedNow]) => ({
      before: textOf([lines, ended]),
      after: textOf([parts.flat(), endedNow]),
    })),
)
/** git's lines; a last one without newline is another line than the same with it. */
const linesOf = (text: string) => text.match(/[^\n]*\n|[^\n]+$/g) ?? []

describe('laws of parseDiff, with real git and 25 files of random edits at a time', () => {
  it('without its added lines the new file is the old one without its removed lines, and each kept line knows its old number', () => {
    fc.assert(
      fc.property(fc.array(edited, { minLength: 25, maxLength: 25 }), files => {
        const repo = gitRepo(Object.fromEntries(files.map(({ before }, index) => [`${index} é.py`, before])))
        repo.commit(Object.fromEntries(files.map(({ after }, index) => [`${index} é.py`, after])))
        // A line of content that ends the output would lose white space to the trimming of the test's own git.
        const diff = `${diffOf(repo)}\n`
        const edits = new Map(parseDiff(diff).map(file => [file.after, file.edits]))
        for (const [index, { before, after }] of files.entries()) {
          holdsFor(before, after, edits.get(`${index} é.py`) ?? [])
        }
      }),
      { numRuns: 12 },
    )
  })

  it('lines of context change nothing', () => {
    fc.assert(
      fc.property(fc.array(edited, { minLength: 25, maxLength: 25 }), files => {
        const repo = gitRepo(Object.fromEntries(files.map(({ before }, index) => [`${index}.py`, before])))
        repo.commit({
          ...Object.fromEntries(files.map(({ after }, index) => [`${index}.py`, after])),
          'z.py': 'end',
        })
        expect(parseDiff(diffWithContext(repo, 3))).toEqual(parseDiff(diffOf(repo)))
      }),
      { numRuns: 8 },
    )
  })
})

function holdsFor(before: string, after: string, edits: readonly Edit[]): void {
  const [old, now] = [linesOf(before), linesOf(after)]
  const added = new Set(addedLines(edits))
  const removed = new Set(
    edits.flatMap(({ oldLine, removed: count }) =>
      Array.from({ length: count }, (_, index) => oldLine + index),
    ),
  )
  const kept = now.map((text, index) => ({ text, line: index + 1 })).filter(one => !added.has(one.line))
  expect(kept.map(({ text }) => text)).toEqual(old.filter((_, index) => !removed.has(index + 1)))
  for (const one of kept) expect(old[(lineBefore(edits, one.line) ?? 0) - 1]).toBe(one.text)
  for (const newLine of added) expect(lineBefore(edits, newLine)).toBeUndefined()
}
