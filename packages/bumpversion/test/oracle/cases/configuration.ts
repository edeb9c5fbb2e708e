import { pyproject } from '../../project.ts'
import { file, type OracleCase, part, toml } from './case.ts'

export const WHERE: readonly OracleCase[] = [
  {
    name: '.bumpversion.cfg goes before all others',
    files: {
      '.bumpversion.cfg': '[bumpversion]\ncurrent_version = 1.2.3\n',
      '.bumpversion.toml': '[tool.bumpversion]\ncurrent_version = "5.0.0"\n',
      'setup.cfg': '[bumpversion]\ncurrent_version = 6.0.0\n',
      'pyproject.toml': pyproject('current_version = "7.0.0"'),
    },
    request: part('patch'),
  },
  {
    name: '.bumpversion.toml goes before setup.cfg and pyproject.toml',
    files: {
      '.bumpversion.toml': '[tool.bumpversion]\ncurrent_version = "5.0.0" # mine\n',
      'setup.cfg': '[bumpversion]\ncurrent_version = 6.0.0\n',
      'pyproject.toml': pyproject('current_version = "7.0.0"'),
    },
    request: part('patch'),
  },
  {
    name: 'setup.cfg goes before pyproject.toml, its other sections stay',
    files: {
      'setup.cfg':
        '[metadata]\nname = x\n\n[bumpversion]\n# note\ncurrent_version = 6.0.0\ncommit = True\n[tool:pytest]\nlog_format = %(message)s\n',
      'pyproject.toml': pyproject('current_version = "7.0.0"'),
    },
    request: part('patch'),
  },
  {
    name: 'a file without the section is passed over',
    files: {
      'setup.cfg': '[metadata]\nname = x\n',
      'pyproject.toml': pyproject('current_version = "7.0.0"'),
    },
    request: part('major'),
  },
  {
    name: 'static project.version is the current version, and is bumped',
    files: { 'pyproject.toml': '[project]\nversion = "1.2.3"\n[tool.bumpversion]\n' },
    request: part('minor'),
  },
  {
    name: 'static project.version is bumped beside current_version',
    files: {
      'pyproject.toml':
        '[project]\nname = "x" # 1.2.3\nversion = "1.2.3"\n[tool.bumpversion]\ncurrent_version = "1.2.3"\n',
    },
    request: part('minor'),
  },
  {
    name: 'static project.version of another version stays',
    files: {
      'pyproject.toml': '[project]\nversion = "9.9.9"\n[tool.bumpversion]\ncurrent_version = "1.2.3"\n',
    },
    request: part('minor'),
  },
  { name: 'no version anywhere', files: toml('commit = false'), request: part('minor') },
  {
    name: 'comments and order of the configuration stay',
    files: {
      'pyproject.toml':
        '# top 1.2.3\n[tool.bumpversion] # here\nparse = """(?P<major>\\\\d+)\\\\.(?P<minor>\\\\d+)\\\\.(?P<patch>\\\\d+)"""\ncurrent_version = \'1.2.3\'   # 1.2.3 it is\n[tool.other]\ncurrent_version = "1.2.3"\n',
    },
    request: part('minor'),
  },
]

export const ENVIRONMENT: readonly OracleCase[] = [
  {
    name: 'BUMPVERSION_PARSE and _SERIALIZE go before the file',
    files: toml('current_version = "1.2"\nparse = "x"', { 'f.txt': '' }),
    request: part('minor'),
    env: { BUMPVERSION_PARSE: '(?P<major>\\d+)\\.(?P<minor>\\d+)', BUMPVERSION_SERIALIZE: '{major}.{minor}' },
  },
  {
    name: 'BUMPVERSION_SEARCH and _REPLACE are the defaults of files',
    files: toml(file('filename = "f.txt"').replace('"1.2.3"\n', '"1.2.3"\nsearch = "zzz"\n'), {
      'f.txt': 'v1.2.3 1.2.3',
    }),
    request: part('minor'),
    env: { BUMPVERSION_SEARCH: 'v{current_version}', BUMPVERSION_REPLACE: 'w{new_version}' },
  },
  {
    name: 'BUMPVERSION_IGNORE_MISSING_VERSION',
    files: toml(file('filename = "f.txt"'), { 'f.txt': 'nothing' }),
    request: part('minor'),
    env: { BUMPVERSION_IGNORE_MISSING_VERSION: 'true' },
  },
  {
    name: 'BUMPVERSION_NO_CONFIGURED_FILES',
    files: toml(file('filename = "f.txt"'), { 'f.txt': '1.2.3' }),
    request: part('minor'),
    env: { BUMPVERSION_NO_CONFIGURED_FILES: '1' },
  },
  {
    name: 'an empty variable counts as none',
    files: toml(file('filename = "f.txt"'), { 'f.txt': '1.2.3' }),
    request: part('minor'),
    env: { BUMPVERSION_SEARCH: '', BUMPVERSION_CURRENT_VERSION: '' },
  },
  {
    name: 'BUMPVERSION_CONFIG_FILE',
    files: {
      'other.toml': '[tool.bumpversion]\ncurrent_version = "1.0.0"\n',
      ...toml('current_version = "2.0.0"'),
    },
    request: part('minor'),
    env: { BUMPVERSION_CONFIG_FILE: 'other.toml' },
  },
  {
    name: 'a variable in serialize',
    files: toml(
      'current_version = "1.2.3+7"\nparse = "(?P<major>\\\\d+)\\\\.(?P<minor>\\\\d+)\\\\.(?P<patch>\\\\d+)(\\\\+.*)?"\nserialize = ["{major}.{minor}.{patch}+{$BUILD_NO}"]',
    ),
    request: part('minor'),
    env: { BUILD_NO: '8' },
  },
  {
    name: 'a variable that is not set',
    files: toml(file(`filename = "f.txt"\nreplace = '{$NOT_SET_ANYWHERE}'`), { 'f.txt': '1.2.3' }),
    request: part('minor'),
  },
]
