import type { Files } from '../../project.ts'
import { file, inFile, type OracleCase, part, toml } from './case.ts'

const GLOB_FILES: Files = Object.fromEntries(
  [
    'a.txt',
    'b.md',
    'src/a.txt',
    'src/b.py',
    'src/deep/c.txt',
    'src/deep/er/d.txt',
    '.hid/e.txt',
    'src/.f.txt',
    'x{y}.txt',
    'test_a.py',
  ].map(path => [path, '1.2.3\n']),
)

const GLOBS: readonly OracleCase[] = [
  '*.txt',
  '**/*.txt',
  'src/**/*.txt',
  '**/deep/**',
  'src/*.@(txt|py)',
  '*.md|src/*.py',
  'src/!(a).txt',
  '**/[a-c].txt',
  'x{y}.txt',
  '.hid/*',
  'src/.*.txt',
  'src/?.txt',
].map(glob => ({
  name: `glob ${glob}`,
  files: toml(
    file(`glob = '${glob}'\nignore_missing_version = true`),
    glob.includes('**/deep/**') ? { 'zdeep/x.txt': '1.2.3' } : GLOB_FILES,
  ),
  request: part('minor'),
}))

export const FILES: readonly OracleCase[] = [
  ...GLOBS,
  {
    name: 'glob_exclude, and glob before filename',
    files: toml(
      file(`filename = "b.md"\nglob = '**/*.txt'\nglob_exclude = ['src/deep/**', '**/.*']`),
      GLOB_FILES,
    ),
    request: part('minor'),
  },
  inFile('every occurrence', '', '1.2.3 and 1.2.3\n"1.2.3"'),
  inFile(
    'regex with groups in replace',
    `regex = true\nsearch = '(?P<q>["\\x27]){current_version}(?P=q)( *#.*)'\nreplace = '\\g<q>{new_version}\\1\\2'`,
    `v = "1.2.3"  # 1.2.3\n`,
  ),
  inFile(
    'regex with ^ and $ in every line',
    `regex = true\nsearch = '^{current_version}$'`,
    'x 1.2.3\n1.2.3\n1.2.3 y\n',
  ),
  inFile(
    'regex whose dot takes line ends',
    `regex = true\nsearch = 'a.*?{current_version}'\nreplace = 'a{new_version}'`,
    'a\nb 1.2.3\n1.2.3',
  ),
  inFile('regex with braces', `regex = true\nsearch = '\\d{{1}}\\.\\d\\.\\d'`, '1.2.3'),
  inFile(
    'regex escapes the version',
    `regex = true\nsearch = 'v{current_version}'\nreplace = 'v{new_version}'`,
    'v1x2x3 v1.2.3',
  ),
  inFile('regex with \\A and \\Z', `regex = true\nsearch = '\\A{current_version}\\Z'`, '1.2.3'),
  inFile(
    'regex with \\Z before the last line end',
    `regex = true\nsearch = '{current_version}\\Z'`,
    '1.2.3\n',
  ),
  inFile(
    'regex ignoring case',
    `regex = true\nsearch = '(?i)VERSION {current_version}'\nreplace = 'version {new_version}'`,
    'Version 1.2.3',
  ),
  inFile('replace with line ends and tabs', `replace = '{new_version}\\n\\t-\\\\-'`, '1.2.3\n'),
  inFile('replace with an unknown group', `replace = '\\1'`, '1.2.3'),
  inFile('replace with a part', `replace = '{new_major}.{new_minor:>3}'`, '1.2.3'),
  inFile('replace with a number format of a text', `replace = '{new_minor:02d}'`, '1.2.3'),
  inFile(
    'replace with the clock',
    `replace = '{new_version} ({now:%Y-%m-%d %H:%M:%S %j %U %W %V %a %b %p %I %y %%}) {utcnow:%H:%M%z} {now.year}'`,
    '1.2.3',
  ),
  inFile('replace with a hash and a semicolon', `replace = '{#}{new_version}{;}'`, '1.2.3'),
  inFile('an empty replace', `replace = ''`, 'a 1.2.3 b'),
  inFile('an empty search falls back', `search = ''`, 'a 1.2.3 b'),
  inFile('a search without a version', `search = 'Unreleased'\nreplace = '{new_version}'`, '# Unreleased\n'),
  inFile('a single brace in search', `search = '{'`, '{'),
  inFile(
    'a format that is not written in the file',
    `serialize = ['{major}-{minor}-{patch}']`,
    '1-2-3 1.2.3',
  ),
  inFile(
    'a format of its own, and the version as configured',
    `serialize = ['{major}-{minor}-{patch}']`,
    'x 1.2.3',
  ),
  inFile('include_bumps', `include_bumps = ["major"]`, '1.2.3'),
  inFile('exclude_bumps', `exclude_bumps = ["minor", "patch"]`, '1.2.3'),
  inFile('include_bumps and exclude_bumps', `include_bumps = ["minor"]\nexclude_bumps = ["major"]`, '1.2.3'),
  inFile('unknown keys', `color = "red"`, '1.2.3'),
  inFile('a text with a byte order mark and umlauts', '', '\uFEFFüß 1.2.3 € 😀\n'),
  inFile(
    'Windows line ends with a search over two lines',
    `search = "a\\n{current_version}"\nreplace = "a\\nb\\n{new_version}"`,
    'x\r\na\r\n1.2.3\r\n',
  ),
  {
    name: 'ignore_missing_file',
    files: toml(
      file(`filename = "no.txt"\nignore_missing_file = true\n[[tool.bumpversion.files]]\nfilename = "f.txt"`),
      { 'f.txt': '1.2.3' },
    ),
    request: part('minor'),
  },
  {
    name: 'ignore_missing_files for all',
    files: toml(
      'current_version = "1.2.3"\nignore_missing_files = true\nfiles = [{ filename = "no.txt" }, { filename = "f.txt" }]',
      { 'f.txt': '1.2.3' },
    ),
    request: part('minor'),
  },
]
