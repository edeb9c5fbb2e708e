import { file, inFile, type OracleCase, part, toml } from './case.ts'

/** Here the tool is wrong, or dies; intended-differences.ts says what ours does. */
export const TRAPS: readonly OracleCase[] = [
  inFile('a version inside of a longer one', '', '1.2.3 11.2.3 1.2.30 1.2.3.4 0.1.2.3 a1.2.3b'),
  {
    name: 'a second file without the version',
    files: toml(file('filename = "f.txt"\n[[tool.bumpversion.files]]\nfilename = "g.txt"'), {
      'f.txt': '1.2.3',
      'g.txt': 'none',
    }),
    request: part('minor'),
  },
  {
    name: 'a version of which parse reads only the start',
    files: toml('current_version = "1.2.3.post1"'),
    request: part('patch'),
  },
  {
    name: 'a new version that parse does not match',
    files: toml('current_version = "1.2.3"'),
    request: { newVersion: 'garbage' },
  },
  {
    name: 'a new version of which parse reads only the start',
    files: toml('current_version = "1.2.3"'),
    request: { newVersion: '4.5.6.post1' },
  },
  inFile('include_bumps that is empty', 'include_bumps = []\n', '1.2.3'),
  inFile('exclude_bumps and a new version', 'exclude_bumps = ["major"]\n', '1.2.3', { newVersion: '2.0.0' }),
  { ...inFile('a secret in replace', `replace = '{$MY_SECRET}'`, '1.2.3'), env: { MY_SECRET: 'hunter2' } },
  {
    name: 'Windows line ends in the configuration',
    files: { '.bumpversion.cfg': '[bumpversion]\r\ncurrent_version = 1.2.3\r\n' },
    request: part('patch'),
  },
  inFile('line ends of several kinds', '', 'a\r\n1.2.3\nb\rc'),
  {
    name: 'cfg with a comma in search',
    files: {
      '.bumpversion.cfg':
        '[bumpversion]\ncurrent_version = 1.2.3\n[bumpversion:file:f.txt]\nsearch = a, {current_version}\nreplace = a, {new_version}\n',
      'f.txt': 'a, 1.2.3',
    },
    request: part('patch'),
  },
  {
    name: 'cfg with a version of two numbers',
    files: {
      '.bumpversion.cfg':
        '[bumpversion]\ncurrent_version = 1.10\nparse = (?P<major>\\d+)\\.(?P<minor>\\d+)\nserialize = {major}.{minor}\n',
    },
    request: part('minor'),
  },
  {
    name: 'a bracket before current_version in a cfg',
    files: {
      '.bumpversion.cfg':
        '[bumpversion]\nparse = (?P<major>[0-9]+)\ncurrent_version = 1\nserialize = {major}\n',
    },
    request: part('major'),
  },
  {
    name: 'a comment with a parenthesis in a verbose parse',
    files: toml(
      `current_version = "1"\nparse = '''\n(?P<major>\\d+) # number (the only one\n'''\nserialize = ["{major}"]`,
    ),
    request: part('major'),
  },
  {
    name: 'an edit that breaks TOML',
    files: toml(file(`filename = "x.toml"\nreplace = '"{new_version}'`), { 'x.toml': 'v = "1.2.3"\n' }),
    request: part('minor'),
  },
  {
    name: 'an edit that breaks JSON',
    files: toml(file(`filename = "x.json"\nreplace = '"{new_version}'`), { 'x.json': '{ "v": "1.2.3" }\n' }),
    request: part('minor'),
  },
  {
    name: 'a number as optional_value',
    files: toml('current_version = "1.2.3"\n[tool.bumpversion.parts.patch]\noptional_value = 0\n'),
    request: part('minor'),
  },
]
