import { type OracleCase, part } from './case.ts'

export const INI: readonly OracleCase[] = [
  {
    name: 'cfg with options that are all indented alike',
    files: { '.bumpversion.cfg': '[bumpversion]\n  current_version = 1.2.3\n  commit = False\n' },
    request: part('minor'),
  },
  {
    name: 'cfg with a blank line inside of a search',
    files: {
      '.bumpversion.cfg':
        '[bumpversion]\ncurrent_version = 1.2.3\n[bumpversion:file:f.txt]\nsearch =\n  a\n\n  # left out\n  {current_version}\nreplace = {new_version}\n',
      'f.txt': 'a\n\n1.2.3',
    },
    request: part('minor'),
  },
  {
    name: 'cfg with a file section, several lines and comments',
    files: {
      '.bumpversion.cfg':
        '[bumpversion]\ncurrent_version = 1.2.3\n; a comment\nserialize =\n    {major}.{minor}.{patch}\n\n[bumpversion:file:f.txt]\nsearch = version: {current_version}\nreplace = version: {new_version}\n',
      'f.txt': 'version: 1.2.3\nother 1.2.3\n',
    },
    request: part('minor'),
  },
  {
    name: 'cfg with parts and an optional value',
    files: {
      '.bumpversion.cfg':
        '[bumpversion]\ncurrent_version = 1.0.0-alpha.1\nparse = (?P<major>\\d+)\\.(?P<minor>\\d+)\\.(?P<patch>\\d+)(-(?P<pre>[a-z]+)\\.(?P<num>\\d+))?\nserialize =\n  {major}.{minor}.{patch}-{pre}.{num}\n  {major}.{minor}.{patch}\n\n[bumpversion:part:pre]\noptional_value = final\nfirst_value = alpha\nvalues =\n  alpha\n  beta\n  final\n\n[bumpversion:part:num]\nfirst_value = 1\n',
    },
    request: part('pre'),
  },
  {
    name: 'cfg with a search over two lines',
    files: {
      '.bumpversion.cfg':
        '[bumpversion]\ncurrent_version = 1.2.3\n\n[bumpversion:file:CHANGES]\nsearch =\n  Unreleased\n  ----------\nreplace =\n  Unreleased\n  ----------\n  {new_version}\n',
      CHANGES: 'Unreleased\n----------\n- x\n',
    },
    request: part('patch'),
  },
  {
    name: 'cfg with two sections for one file',
    files: {
      '.bumpversion.cfg':
        '[bumpversion]\ncurrent_version = 1.2.3\n[bumpversion:file:f.txt]\nsearch = a={current_version}\nreplace = a={new_version}\n[bumpversion:file(second):f.txt]\nsearch = b={current_version}\nreplace = b={new_version}\n',
      'f.txt': 'a=1.2.3 b=1.2.3 c=1.2.3\n',
    },
    request: part('patch'),
  },
  {
    name: 'cfg with a glob',
    files: {
      '.bumpversion.cfg': '[bumpversion]\ncurrent_version = 1.2.3\n[bumpversion:glob:src/**/*.txt]\n',
      'src/a.txt': '1.2.3',
      'src/deep/b.txt': '1.2.3',
      'src/c.md': '1.2.3',
    },
    request: part('patch'),
  },
  {
    name: 'setup.cfg with percent signs',
    files: {
      'setup.cfg':
        '[bumpversion]\ncurrent_version = 1.2.3\nmark = v\n[bumpversion:file:f.txt]\nword = 100%%\nsearch = %(word)s {current_version}\nreplace = %(word)s {new_version}\n',
      'f.txt': '100% 1.2.3\n',
    },
    request: part('patch'),
  },
  {
    name: 'cfg with a section there twice',
    files: { '.bumpversion.cfg': '[bumpversion]\ncurrent_version = 1.2.3\n[bumpversion]\ncommit = True\n' },
    request: part('patch'),
  },
  {
    name: 'cfg with an option that is no boolean',
    files: { '.bumpversion.cfg': '[bumpversion]\ncurrent_version = 1.2.3\ncommit = perhaps\n' },
    request: part('patch'),
  },
  {
    name: 'cfg with a colon, upper case and DEFAULT',
    files: {
      '.bumpversion.cfg':
        '[DEFAULT]\nregex = False\n[bumpversion]\nCurrent_Version: 1.2.3\n[bumpversion:file:f.txt]\n',
      'f.txt': '1.2.3\n',
    },
    request: part('patch'),
  },
]
