import fc from 'fast-check'

export function pattern(): fc.Arbitrary<string> {
  const atom = fc.constantFrom(
    'a',
    'b',
    '1',
    '.',
    '\\d',
    '\\w',
    '\\s',
    '[ab]',
    '[^a]',
    '[\\d-]',
    '\\.',
    '^',
    '$',
    '\\b',
    '\\B',
    '\\A',
    '\\Z',
    'é',
    '-',
    ' ',
    '\\n',
    '#',
    '[]a]',
    '{',
    '\\1',
    '\\2',
    '(?P=n)',
  )
  const times = fc.constantFrom('', '', '', '*', '+', '?', '*?', '+?', '{2}', '{1,2}', '{,2}', '{2,}?')
  const piece: fc.Memo<string> = fc.memo(depth =>
    depth <= 1
      ? fc.tuple(atom, times).map(([one, count]) => one + count)
      : fc.oneof(
          { weight: 3, arbitrary: fc.tuple(atom, times).map(([one, count]) => one + count) },
          {
            weight: 2,
            arbitrary: fc
              .tuple(
                fc.constantFrom(
                  '(',
                  '(?:',
                  '(?P<n>',
                  '(?P<m>',
                  '(?=',
                  '(?!',
                  '(?<=',
                  '(?<!',
                  '(?i:',
                  '(?s-m:',
                ),
                sequence(depth - 1),
                times,
              )
              .map(([open, inside, count]) => `${open}${inside})${count}`),
          },
        ),
  )
  const sequence: fc.Memo<string> = fc.memo(depth =>
    fc
      .array(fc.oneof({ weight: 9, arbitrary: piece(depth) }, { weight: 1, arbitrary: fc.constant('|') }), {
        minLength: 1,
        maxLength: 4,
      })
      .map(pieces => pieces.join('')),
  )
  return fc
    .tuple(fc.constantFrom('', '', '', '(?i)', '(?x)', '(?a)', '(?ms)'), sequence(3))
    .map(([flags, text]) => flags + text)
}

export function spec(): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.constantFrom('', '', '<', '>', '=', '^', '*<', '_^', '0>', 'é='),
      fc.constantFrom('', '', '+', '-', ' '),
      fc.constantFrom('', '', '#'),
      fc.constantFrom('', '', '0'),
      fc.constantFrom('', '3', '12'),
      fc.constantFrom('', '', ',', '_'),
      fc.constantFrom('', '', '', '.3'),
      fc.constantFrom('', 'd', 'd', 'b', 'o', 'x', 'X', 's', 'q'),
    )
    .map(parts => parts.join(''))
}

export const GLOBS = [
  '**',
  '*',
  '**/*',
  'd/**',
  '**/',
  '***',
  'd/***/a',
  '.*',
  '.h/*',
  '**/.*',
  '**/.e/*',
  'a|b.txt',
  'd/*|.h/a',
  '{a,b.txt}',
  'x{y}',
  '@(a|b.txt)',
  '!(a)',
  '!(a|b.txt)',
  '*(a|b)',
  '+(a)',
  '?(a)b.txt',
  'd/!(a*)',
  '!(*.txt)',
  '@(a|.c)',
  '[a-c]*',
  '[!a]*',
  '[^a]*',
  '[]a]',
  'd/f/a[]]b',
  '[[:alpha:]]',
  '[[:digit:][:alpha:]]',
  '\\a',
  'd/',
  './a',
  './d/*',
  '?.txt',
  '[é].txt',
  'd/f/**/b.txt',
  '**/f/**',
  'd//a',
  '@(d/a)',
  '[a',
  '@(a',
  'b.txt|',
  '[z-a]',
  '@(!(a)|x)',
  '!(!(a))',
  '*.!(txt)',
  '!(b).txt',
  'd/**/**/a',
  '[a/]',
]

export function globPattern(): fc.Arbitrary<string> {
  const piece: fc.Memo<string> = fc.memo(depth =>
    depth <= 1
      ? fc.constantFrom('a', 'b', '.', 'txt', '*', '?', '[a-c]', '[!a]', 'd', 'f')
      : fc.oneof(
          { weight: 3, arbitrary: fc.constantFrom('a', 'b', '.txt', '*', '?', '[ab]', '**', 'd') },
          {
            weight: 1,
            arbitrary: fc
              .tuple(
                fc.constantFrom('@', '?', '*', '+', '!'),
                fc.array(piece(depth - 1), { minLength: 1, maxLength: 2 }),
              )
              .map(([sign, branches]) => `${sign}(${branches.join('|')})`),
          },
        ),
  )
  const name = fc.oneof(
    { weight: 1, arbitrary: fc.constant('**') },
    {
      weight: 3,
      arbitrary: fc.array(piece(2), { minLength: 1, maxLength: 3 }).map(pieces => pieces.join('')),
    },
  )
  return fc.array(name, { minLength: 1, maxLength: 3 }).map(names => names.join('/'))
}
