import { file, type OracleCase, part, toml } from './case.ts'

const PARSE_PRE = `parse = '''(?P<major>\\d+)\\.(?P<minor>\\d+)\\.(?P<patch>\\d+)(?:-(?P<pre>[a-z]+)\\.(?P<num>\\d+))?'''`
const calver = (format: string, parse: string, current: string): OracleCase => ({
  name: `CalVer ${format}`,
  files: toml(
    `current_version = "${current}"\nparse = '''(?P<release>${parse})(?:\\.(?P<n>\\d+))?'''\nserialize = ["{release}.{n}", "{release}"]\n[tool.bumpversion.parts.release]\ncalver_format = "${format}"`,
  ),
  request: part('release'),
})

export const VERSIONS: readonly OracleCase[] = [
  ...['major', 'minor', 'patch', 'pre', 'num'].map(name => ({
    name: `pre-release with values, bump of ${name}`,
    files: toml(
      `current_version = "1.2.3-beta.4"\n${PARSE_PRE}\nserialize = ["{major}.{minor}.{patch}-{pre}.{num}", "{major}.{minor}.{patch}"]\n[tool.bumpversion.parts.pre]\nvalues = ["alpha", "beta", "final"]\noptional_value = "final"\n[tool.bumpversion.parts.num]\nfirst_value = 1`,
    ),
    request: part(name),
  })),
  {
    name: 'the last value has no successor',
    files: toml(
      `current_version = "1.2.3-beta.4"\n${PARSE_PRE}\nserialize = ["{major}.{minor}.{patch}-{pre}.{num}"]\n[tool.bumpversion.parts.pre]\nvalues = ["alpha", "beta"]`,
    ),
    request: part('pre'),
  },
  {
    name: 'an optional value that is none of the values',
    files: toml(
      `current_version = "1.2.3"\n${PARSE_PRE}\n[tool.bumpversion.parts.pre]\nvalues = ["alpha", "beta"]\noptional_value = "x"`,
    ),
    request: part('patch'),
  },
  {
    name: 'a value below first_value',
    files: toml('current_version = "1.2.3"\n[tool.bumpversion.parts.patch]\nfirst_value = 5'),
    request: part('patch'),
  },
  {
    name: 'first_value after a reset',
    files: toml('current_version = "1.2.7"\n[tool.bumpversion.parts.patch]\nfirst_value = 5'),
    request: part('minor'),
  },
  {
    name: 'a number inside of letters',
    files: toml(
      `current_version = "r3-001.5"\nparse = '(?P<major>r\\d+-\\d+)\\.(?P<minor>\\d+)'\nserialize = ["{major}.{minor}"]`,
    ),
    request: part('major'),
  },
  {
    name: 'a version with a prefix of letters',
    files: toml('current_version = "v1.2.3"'),
    request: part('minor'),
  },
  {
    name: 'no named group',
    files: toml(`current_version = "1.2.3"\nparse = '(\\d+)'`),
    request: part('major'),
  },
  {
    name: 'parse that does not match',
    files: toml('current_version = "one"'),
    request: part('major'),
  },
  {
    name: 'the shortest format that holds what is needed',
    files: toml(
      `current_version = "1.0.9"\nserialize = ["{major}.{minor}.{patch}", "{major}.{minor}", "{major}"]\nparse = '(?P<major>\\d+)(\\.(?P<minor>\\d+))?(\\.(?P<patch>\\d+))?'`,
    ),
    request: part('minor'),
  },
  {
    name: 'a format with the clock',
    files: toml(
      `current_version = "1.2.3"\nparse = '(?P<major>\\d+)\\.(?P<minor>\\d+)\\.(?P<patch>\\d+)(\\.d\\d+)?'\nserialize = ["{major}.{minor}.{patch}.d{now:%Y%m%d}"]`,
    ),
    request: part('minor'),
  },
  {
    name: 'no format can be filled',
    files: toml('current_version = "1.2.3"\nserialize = ["{major}.{nope}"]'),
    request: part('minor'),
  },
  {
    name: 'format specifications with fill, sign and width',
    files: toml(
      `current_version = "1.2.3"\nserialize = ["{major:+d}/{minor:*>4}/{patch:06,d}"]\nparse = '[^0-9]*(?P<major>\\d+)\\D+(?P<minor>\\d+)\\D+(?P<patch>[\\d,]+)'`,
    ),
    request: part('minor'),
  },
  {
    name: 'literal braces in serialize',
    files: toml(
      `current_version = "{1.2}"\nparse = '\\{(?P<major>\\d+)\\.(?P<minor>\\d+)\\}'\nserialize = ["{{{major}.{minor}}}"]`,
    ),
    request: part('minor'),
  },
  {
    name: 'a new version',
    files: toml(file('filename = "f.txt"'), { 'f.txt': '1.2.3' }),
    request: { newVersion: '10.20.30' },
  },
  {
    name: 'a named group twice',
    files: toml(`current_version = "1.2.3"\nparse = '(?P<major>\\d+)\\.(?P<major>\\d+)'`),
    request: part('major'),
  },
  {
    name: 'a verbose parse with comments and inline flags',
    files: toml(
      `current_version = "V1.2RC3"\nparse = '''(?xi)\n  v (?P<major>\\d+) \\. (?P<minor>\\d+)  # numbers\n  (?: rc (?P<rc>\\d+) )? '''\nserialize = ["V{major}.{minor}RC{rc}", "V{major}.{minor}"]`,
    ),
    request: part('rc'),
  },
  {
    name: 'always_increment on a part of values',
    files: toml(
      `current_version = "1.2.a"\nparse = '(?P<major>\\d+)\\.(?P<minor>\\d+)\\.(?P<x>[a-z])'\nserialize = ["{major}.{minor}.{x}"]\n[tool.bumpversion.parts.x]\nvalues = ["a", "b", "c"]\nalways_increment = true`,
    ),
    request: part('major'),
  },
  {
    name: 'a part of always_increment resets the ones behind it',
    files: toml(
      `current_version = "1.2.3.4"\nparse = '(?P<a>\\d+)\\.(?P<b>\\d+)\\.(?P<c>\\d+)\\.(?P<d>\\d+)'\nserialize = ["{a}.{b}.{c}.{d}"]\n[tool.bumpversion.parts.b]\nalways_increment = true`,
    ),
    request: part('d'),
  },
]

export const CALVER: readonly OracleCase[] = [
  ...[
    'YYYY.MM',
    'YY.0M',
    '0Y.MM.DD',
    '0Y.0M.0D',
    'YYYY.Q',
    'YYYY.WW',
    'YYYY.0W',
    'YYYY.UU',
    'YYYY.0U',
    'GGGG.VV',
    'GG.0V',
    '0G.VV',
    'YYYY.JJJ',
    'YYYY.00J',
  ].map(codes => calver(codes.replace(/\w+/g, '{$&}'), '[\\d.]+?(?=\\.\\d+$|$)', '2001.1.1')),
  calver('{YYYY}-{MMM}', '\\d+-[A-Z][a-z]+', '2001-Jan.5'),
  calver('{YYYY}.{INC0}', '\\d+\\.\\d+', '2001.1'),
  {
    name: 'CalVer with a counter, bumped in the same month',
    files: toml(
      `current_version = "2026.2.4"\nparse = '(?P<release>\\d{4}\\.\\d{1,2})(\\.(?P<patch>\\d+))?'\nserialize = ["{release}.{patch}", "{release}"]\n[tool.bumpversion.parts.release]\ncalver_format = "{YYYY}.{MM}"`,
    ),
    request: part('patch'),
  },
  {
    name: 'CalVer with a counter, bumped in a later month',
    files: toml(
      `current_version = "2026.1.4"\nparse = '(?P<release>\\d{4}\\.\\d{1,2})(\\.(?P<patch>\\d+))?'\nserialize = ["{release}.{patch}", "{release}"]\n[tool.bumpversion.parts.release]\ncalver_format = "{YYYY}.{MM}"`,
    ),
    request: part('patch'),
  },
]
