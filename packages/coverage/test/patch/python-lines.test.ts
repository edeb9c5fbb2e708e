import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { statementStarts } from '../../src/patch/python-lines.ts'

/** The first line of each line's statement, as coverage.py finds it: by the tokens of Python itself. */
const ORACLE = `
import io, json, sys, sysconfig, tokenize, pathlib
def starts(path):
    source = tokenize.open(path).read()
    found = [0] * (source.count("\\n") + 2)
    first = 0
    quiet = (tokenize.COMMENT, tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER)
    for token in tokenize.generate_tokens(io.StringIO(source, newline="").readline):
        if token.type == tokenize.NEWLINE:
            first = 0
        elif token.type not in quiet:
            first = first or token.start[0]
            for line in range(token.start[0], token.end[0] + 1):
                found[line] = first
    return found
folder = pathlib.Path(sysconfig.get_paths()["stdlib"])
paths = [p for p in sorted(folder.rglob("*.py")) if "bad" not in p.name and "lib2to3" not in str(p)]
paths = [p for p in paths if "site-packages" not in str(p)][:: int(sys.argv[1])]
answer = {}
for path in paths:
    try:
        answer[str(path)] = starts(path)
    except (SyntaxError, UnicodeDecodeError, tokenize.TokenError):
        pass
print(json.dumps(answer))
`

describe('statementStarts', () => {
  it('agrees with the tokenizer of Python on each line of 300 files of its library', () => {
    const output = execFileSync('python3', ['-c', ORACLE, '5'], { encoding: 'utf8', maxBuffer: 1e9 })
    const expected = Object.entries(JSON.parse(output) as Record<string, number[]>)
    expect(expected.length).toBeGreaterThan(250)
    for (const [path, starts] of expected) {
      const source = readFileSync(path, 'utf8')
      const text = source.split('\n')
      const found = statementStarts(source)
      const wrong = starts.flatMap((start, line) => {
        // A backslash that stands alone is no token: whether it is a part changes nothing.
        const alone = text[line - 1]?.trim() === '\\'
        return alone || start === found[line] ? [] : [{ line, start, found: found[line] }]
      })
      expect({ path, wrong }).toEqual({ path, wrong: [] })
    }
  })

  const cases: readonly [string, string, readonly number[]][] = [
    [
      'brackets join lines, comments and blank lines between them are no part',
      'f(\n  1,\n\n  # why\n)\ng()\n',
      [1, 1, 0, 0, 1, 6],
    ],
    [
      'a string keeps all its lines, also blank ones and those like comments',
      "x = '''\n# no\n\n'''\ny\n",
      [1, 1, 1, 1, 5],
    ],
    ['a backslash joins lines', 'x = 1 + \\\n  2\ny\n', [1, 1, 3]],
    ['a backslash joins lines that end in CRLF', 'x = 1 + \\\r\n  2\r\ny\r\n', [1, 1, 3]],
    ['a backslash before a statement is no part of it', '\\\nx = 1\n', [0, 2]],
    ['a backslash at the end of a comment joins nothing', 'x = 1 # \\\ny = 2\n', [1, 2]],
    ['a string goes on after a backslash', "x = 'a\\\nb'\ny\n", [1, 1, 3]],
    [
      'a quote after a backslash ends nothing, also in a raw string',
      "x = r'\\''; y = '''\n\\'''\n'''\nz\n",
      [1, 1, 1, 4],
    ],
    ['a prefix is a word of its own', "barr = 1\nx = bar'''\n'''\ny\n", [1, 2, 2, 4]],
    ['quotes of an f-string can be nested (3.12)', 'x = f"{d["a"]}(" # (\ny\n', [1, 2]],
    ['an expression of an f-string can take several lines (3.12)', "x = f'{\n  a # }\n}'\ny\n", [1, 1, 1, 4]],
    ['a format is text, with expressions in it', "x = f'{a:#>{w}}' # (\ny = f'{t:%H:(}'\nz\n", [1, 2, 3]],
    ['brackets in the text of an f-string are text', "x = f'({{[{a}'\ny\n", [1, 2]],
    [
      'a slice, a lambda and a dict in an f-string have colons of their own',
      "x = f'{a[1:2]}{(lambda: 1)()}{ {1: 2}[1]}'\ny\n",
      [1, 2],
    ],
    ['a named character is no expression', "x = f'\\N{LEFT PARENTHESIS}'\ny\n", [1, 2]],
    ['a t-string is read like an f-string (3.14)', "x = t'{a['b']}' # '\ny\n", [1, 2]],
    [
      'a decorator is a statement, and so is the def below it',
      '@d(\n  1\n)\ndef f(\n  a,\n):\n  pass\n',
      [1, 1, 1, 4, 4, 4, 7],
    ],
    ['a word before a string is no prefix of it', "x = 1 if'{'else 2 # (\ny\n", [1, 2]],
    ['letters beyond ASCII are words', "größe = 'ß'\nf(\n日本)\n", [1, 2, 2]],
  ]
  it.each(cases)('%s', (_, source, expected) => {
    expect([...statementStarts(source)].slice(1, expected.length + 1)).toEqual(expected)
  })

  it.each(["'''", 'f(', ')]}', "f'{", "f'{a:", "'", '\\', "f'}"])('ends on the broken source %j', source => {
    expect(statementStarts(`${source}\nx\n`)).toHaveLength(4)
  })
})
