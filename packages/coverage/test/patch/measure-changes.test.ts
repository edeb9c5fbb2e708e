import { describe, expect, it } from '@jest/globals'
import { FileCoverage } from '../../src/model/file-coverage.ts'
import { type PatchOptions, patchCoverage } from '../../src/patch/measure-changes.ts'
import { statementStarts } from '../../src/patch/python-lines.ts'
import { measureSource } from './coverage-py.ts'

/** A source whose comments `#!` mark the changed lines; the marks stay, since a comment behind code changes nothing. */
const SOURCE = `'''Module
docstring''' #!
import functools
from typing import TYPE_CHECKING

if TYPE_CHECKING: # pragma: no cover
    from a import (
        b, #!
    )


@functools.lru_cache(
    maxsize=None, #!
)
def used(
    a=1, #!
    b=2,
): #!
    """A docstring.

    # not a comment
    """
    text = '''
# like a comment

    ''' #!
    table = {
        'a': a,
        # a real comment #!

        'b': ( #!
            b
        ),
    } #!
    try: #!
        value = table['a'] + \\
            table['b'] #!
    except KeyError: #!
        value = (
            0 #!
        )
    else: #!
        pass
    finally: #!
        text = text.strip()
    if ( #!
        value
        and text #!
    ):
        return value #!
    return ( #!
        text
    )


class Table(
    dict, #!
):
    x: int = (
        1 #!
    )

    def unused(self, #!
               a):
        return (
            a, #!
            self
        )


used()
`

const { coverage } = measureSource(SOURCE)

function measured(options: Partial<PatchOptions> = {}, changed = markedLines(SOURCE)) {
  const patch = patchCoverage({ files: new Map([['app.py', changed]]) }, new Map([['app.py', coverage]]), {
    partialBranch: 'miss',
    multiline: true,
    source: () => SOURCE,
    ...options,
  })
  return patch
}

function markedLines(source: string): number[] {
  return source.split('\n').flatMap((text, index) => (text.includes('#!') ? [index + 1] : []))
}

const lineOf = (text: string) => SOURCE.split('\n').findIndex(line => line.includes(text)) + 1

describe('changed lines of a file that the real coverage.py measured', () => {
  it('count by statement, with what belongs to it, and name what is not covered', () => {
    const [file] = measured().files
    const uncovered = file?.uncovered.map(({ line, changed, kind, missing }) => ({
      line,
      changed,
      kind,
      missing,
    }))
    expect(uncovered).toEqual([
      { line: lineOf('except KeyError'), changed: [lineOf('except KeyError')], kind: 'missed', missing: [] },
      { line: lineOf('value = ('), changed: [lineOf('            0 #!')], kind: 'missed', missing: [] },
      {
        line: lineOf('if ( #!'),
        changed: [lineOf('if ( #!'), lineOf('and text')],
        kind: 'partial',
        missing: [`${lineOf('return ( #!')}`],
      },
      { line: lineOf('return ( #!'), changed: [lineOf('return ( #!')], kind: 'missed', missing: [] },
      {
        line: lineOf('        return ('),
        changed: [lineOf('            a, #!')],
        kind: 'missed',
        missing: [],
      },
    ])
  })

  it('count each statement once, and nothing for docstrings, comments, else, finally and what is excluded', () => {
    const patch = measured()
    const statements = [
      '@functools',
      'def used',
      'text = ',
      'table = ',
      'try:',
      "value = table['a']",
      'except KeyError',
      'value = (',
      'if (',
      'return value',
      'return (',
      'class Table',
      'x: int',
      'def unused',
      'return (',
    ]
    expect(patch).toMatchObject({ valid: statements.length, covered: statements.length - 5 })
  })

  it('count only lines with a statement of their own without multiline', () => {
    const patch = measured({ multiline: false })
    const own = markedLines(SOURCE).filter(line => coverage.stateOf(line) !== undefined)
    expect(patch.valid).toBe(own.length)
    expect(own.map(line => SOURCE.split('\n')[line - 1]?.trim())).toEqual([
      'try: #!',
      'except KeyError: #!',
      'if ( #!',
      'return value #!',
      'return ( #!',
      'def unused(self, #!',
    ])
  })

  it('take a branch that was not always gone as covered when that is asked for', () => {
    const [strict, lenient] = [measured(), measured({ partialBranch: 'hit' })]
    expect(lenient).toMatchObject({ valid: strict.valid, covered: strict.covered + 1 })
    expect(lenient.files[0]?.uncovered.map(({ kind }) => kind)).not.toContain('partial')
  })

  it('count all statements once when every line has changed, whatever multiline is', () => {
    const everyLine = SOURCE.split('\n').map((_, index) => index + 1)
    const patch = measured({}, everyLine)
    expect(patch.valid).toBe(coverage.lines.length)
    expect(measured({ multiline: false }, everyLine).valid).toBe(coverage.lines.length)
  })

  it('are all at the first line of a statement as our reader of Python finds it', () => {
    const starts = statementStarts(SOURCE)
    expect([...coverage.lines].map(line => starts[line])).toEqual([...coverage.lines])
  })

  it('are not counted on a continuation line when the source cannot be read', () => {
    expect(measured({ source: () => undefined }).valid).toBe(measured({ multiline: false }).valid)
  })
})

describe('changed lines of other files', () => {
  const coverage = new FileCoverage(
    Uint32Array.of(1, 5, 7),
    Uint8Array.of(1, 0, 1),
    new Map([
      [1, { exits: 4, taken: 3 }],
      [7, { exits: 2, taken: 2 }],
    ]),
  )
  const options: PatchOptions = { partialBranch: 'miss', multiline: true, source: () => 'f({\n  a: 1,\n})\n' }

  it('count where the report has a line, since where a statement ends is known for Python alone', () => {
    const changes = { files: new Map([['web/app.ts', [1, 2, 5, 7]]]) }
    expect(patchCoverage(changes, new Map([['web/app.ts', coverage]]), options)).toEqual({
      covered: 1,
      valid: 3,
      files: [
        {
          path: 'web/app.ts',
          covered: 1,
          valid: 3,
          uncovered: [
            { line: 1, changed: [1], kind: 'partial', missing: [] },
            { line: 5, changed: [5], kind: 'missed', missing: [] },
          ],
        },
      ],
    })
  })

  it('are left out when nothing of them is measured; the rest is in the order of paths', () => {
    const changes = {
      files: new Map([
        ['b.ts', [1]],
        ['README.md', [1]],
        ['a.ts', [5]],
        ['c.ts', [3]],
      ]),
    }
    const files = new Map([
      ['a.ts', coverage],
      ['b.ts', coverage],
      ['c.ts', coverage],
    ])
    expect(patchCoverage(changes, files, options).files.map(({ path }) => path)).toEqual(['a.ts', 'b.ts'])
    expect(patchCoverage({ files: new Map() }, files, options)).toEqual({ covered: 0, valid: 0, files: [] })
  })
})
