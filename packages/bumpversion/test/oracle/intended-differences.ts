import { type Files, pyproject } from '../project.ts'

interface Difference {
  readonly reason: string
  readonly ok: boolean
  /** The files that ours changes, as they are then. */
  readonly after: Files
}

const done = (reason: string, after: Files): Difference => ({ reason, ok: true, after })
const refused = (reason: string): Difference => ({ reason, ok: false, after: {} })

/** Where ours differs from bump-my-version 1.3.0 on purpose, by the name of the case in cases.ts. */
export const INTENDED_DIFFERENCES: Readonly<Record<string, Difference>> = {
  'comments and order of the configuration stay': done('the quotes of current_version stay as they were', {
    'pyproject.toml':
      '# top 1.2.3\n[tool.bumpversion] # here\nparse = """(?P<major>\\\\d+)\\\\.(?P<minor>\\\\d+)\\\\.(?P<patch>\\\\d+)"""\ncurrent_version = \'1.3.0\'   # 1.2.3 it is\n[tool.other]\ncurrent_version = "1.2.3"\n',
  }),
  'cfg with a colon, upper case and DEFAULT': done(
    'the tool finds current_version only when it is written with "="',
    {
      '.bumpversion.cfg':
        '[DEFAULT]\nregex = False\n[bumpversion]\nCurrent_Version: 1.2.4\n[bumpversion:file:f.txt]\n',
      'f.txt': '1.2.4\n',
    },
  ),
  'BUMPVERSION_PARSE and _SERIALIZE go before the file': done(
    'the tool dies of its own BUMPVERSION_SERIALIZE',
    {
      'pyproject.toml': pyproject('current_version = "1.3"\nparse = "x"'),
    },
  ),
  'BUMPVERSION_SEARCH and _REPLACE are the defaults of files': done(
    'current_version always becomes the new version, whatever the search for files is',
    {
      'pyproject.toml': pyproject(
        'current_version = "1.3.0"\nsearch = "zzz"\n[[tool.bumpversion.files]]\nfilename = "f.txt"',
      ),
      'f.txt': 'w1.3.0 1.2.3',
    },
  ),
  'a variable in serialize': done(
    'current_version becomes the new version though the format writes the current one otherwise',
    {
      'pyproject.toml': pyproject(
        'current_version = "1.3.0+8"\nparse = "(?P<major>\\\\d+)\\\\.(?P<minor>\\\\d+)\\\\.(?P<patch>\\\\d+)(\\\\+.*)?"\nserialize = ["{major}.{minor}.{patch}+{$BUILD_NO}"]',
      ),
    },
  ),
  'a format with the clock': done('as above', {
    'pyproject.toml': pyproject(
      `current_version = "1.3.0.d20260203"\nparse = '(?P<major>\\d+)\\.(?P<minor>\\d+)\\.(?P<patch>\\d+)(\\.d\\d+)?'\nserialize = ["{major}.{minor}.{patch}.d{now:%Y%m%d}"]`,
    ),
  }),
  'format specifications with fill, sign and width': done('as above', {
    'pyproject.toml': pyproject(
      `current_version = "+1/***3/00,000"\nserialize = ["{major:+d}/{minor:*>4}/{patch:06,d}"]\nparse = '[^0-9]*(?P<major>\\d+)\\D+(?P<minor>\\d+)\\D+(?P<patch>[\\d,]+)'`,
    ),
  }),
  'a version inside of a longer one': done('another version is not this one', {
    'pyproject.toml': pyproject(
      'current_version = "1.3.0"\n[[tool.bumpversion.files]]\nfilename = "f.txt"\n',
    ),
    'f.txt': '1.3.0 11.2.3 1.2.30 1.2.3.4 0.1.2.3 a1.3.0b',
  }),
  'a second file without the version': refused('the tool has written the first file by then'),
  'a version of which parse reads only the start': refused('the tool writes 1.2.4.post1'),
  'a new version of which parse reads only the start': refused('the tool bumps to 4.5.6 without a word'),
  'include_bumps that is empty': done('documented as "includes all"; the tool never changes the file', {
    'pyproject.toml': pyproject(
      'current_version = "1.3.0"\n[[tool.bumpversion.files]]\nfilename = "f.txt"\ninclude_bumps = []\n',
    ),
    'f.txt': '1.3.0',
  }),
  'exclude_bumps and a new version': done('a new version is a bump of the first part that it changes', {
    'pyproject.toml': pyproject(
      'current_version = "2.0.0"\n[[tool.bumpversion.files]]\nfilename = "f.txt"\nexclude_bumps = ["major"]\n',
    ),
  }),
  'a secret in replace': refused('the tool writes it into the file'),
  'Windows line ends in the configuration': done('line ends stay as they are', {
    '.bumpversion.cfg': '[bumpversion]\r\ncurrent_version = 1.2.4\r\n',
  }),
  'line ends of several kinds': done('every line keeps its own', {
    'pyproject.toml': pyproject(
      'current_version = "1.3.0"\n[[tool.bumpversion.files]]\nfilename = "f.txt"\n',
    ),
    'f.txt': 'a\r\n1.3.0\nb\rc',
  }),
  'cfg with a comma in search': done('a search is a text; the tool makes it two lines', {
    '.bumpversion.cfg':
      '[bumpversion]\ncurrent_version = 1.2.4\n[bumpversion:file:f.txt]\nsearch = a, {current_version}\nreplace = a, {new_version}\n',
    'f.txt': 'a, 1.2.4',
  }),
  'cfg with a version of two numbers': done('1.10 is no number; the tool reads 1.1', {
    '.bumpversion.cfg':
      '[bumpversion]\ncurrent_version = 1.11\nparse = (?P<major>\\d+)\\.(?P<minor>\\d+)\nserialize = {major}.{minor}\n',
  }),
  'a bracket before current_version in a cfg': done(
    'the tool does not find its own current_version behind "["',
    {
      '.bumpversion.cfg':
        '[bumpversion]\nparse = (?P<major>[0-9]+)\ncurrent_version = 2\nserialize = {major}\n',
    },
  ),
  'a comment with a parenthesis in a verbose parse': done('the tool reads comments as pattern and refuses', {
    'pyproject.toml': pyproject(
      `current_version = "2"\nparse = '''\n(?P<major>\\d+) # number (the only one\n'''\nserialize = ["{major}"]`,
    ),
  }),
  'an edit that breaks TOML': refused('the tool writes a file that nobody can read'),
  'an edit that breaks JSON': refused('the tool writes a file that nobody can read'),
  'a number as optional_value': done('a number is as good as a text; the tool refuses', {
    'pyproject.toml': pyproject(
      'current_version = "1.3.0"\n[tool.bumpversion.parts.patch]\noptional_value = 0\n',
    ),
  }),
}
