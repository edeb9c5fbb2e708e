import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { driftInText } from '../../src/drift/drift-in-text.ts'
import { parseVersion, type Version } from '../../src/version.ts'

function version(text: string): Version {
  const parsed = parseVersion(text)
  if (!parsed) throw new Error(text)
  return parsed
}

const find = (text: string, current = '0.1.1', more: { released?: readonly string[] } = {}) =>
  driftInText('server.py', text, {
    ...{ current: version(current), names: ['token-ledger'] },
    ...(more.released ? { released: more.released.map(version) } : {}),
  }).map(({ line, version: found, age }) => `${line} ${found} ${age}`)

describe('a line that states the version', () => {
  it.each([
    'app = FastAPI(title="TokenLedger", version="0.1.1")',
    '  "version": "0.1.1",',
    'assert response.json()["version"] == "0.1.1"',
    'return {"status": "healthy", "version": "0.1.1"}',
    '__version__ = "0.1.1"',
    'assert "0.1.1" == token_ledger.__version__',
    'self.assertEqual("0.1.1", app.version)',
    'self.assertEqual(app.version, "0.1.1")',
    'APP_VERSION=0.1.1',
    'const appVersion = "v0.1.1"',
    'The current version is 0.1.1.',
    'ledger_version: 0.1.1',
    '![version](https://img.shields.io/badge/version-0.1.1-blue.svg)',
    ':version: 0.1.1\r',
  ])('%s', line => expect(find(line)).toEqual(['1 0.1.1 current']))

  it.each([
    ['version = "0.1.0"', '0.1.0'],
    ['token_ledger_version = "0.1.0"', '0.1.0'],
    ['VERSION: Final = "0.1.1rc1"', '0.1.1rc1'],
    ['"version": "0.1.0-rc.1"', '0.1.0-rc.1'],
    ['app.version, "0.0.9"', '0.0.9'],
  ])('of an older release: %s', (line, older) => expect(find(line)).toEqual([`1 ${older} older`]))

  it('of an older major version only when that was released', () => {
    const line = 'version = "0.9.0"'
    expect(find(line, '1.2.0')).toEqual([])
    expect(find(line, '1.2.0', { released: ['0.9.0'] })).toEqual(['1 0.9.0 older'])
  })

  it('is named once, by its number', () => {
    const text = 'x = 1\n\nversion = "0.1.1"  # version 0.1.1\r\ny = 2\nversion="0.1.1"'
    expect(find(text)).toEqual(['3 0.1.1 current', '5 0.1.1 current'])
  })
})

describe('a line that does not', () => {
  it.each([
    ['has another version at its end', 'version = "10.1.1"; version = "0.1.11"; version = "0.1.1.2"'],
    ['has a longer one', 'version = "2.0.1.1", version = "0.1.1-SNAPSHOT", version = "0.1.1+build"'],
    ['has a newer one', 'version = "0.2.0"'],
    ['has one of fewer parts', 'version = "0.1"'],
    ['has no word', 'value = "0.1.1"'],
    ['has another word', 'conversion = "0.1.1"; subversion 0.1.1; versions = "0.1.1"'],
    [
      'is about a tool',
      'python-version: 0.1.1 \nuv-version: "0.1.1"\nNode version 0.1.1\nmin_version = "0.1.1"',
    ],
    ['is a requirement', 'needs version >=0.1.1 or version ~= 0.1.1 or version==0.1.1'],
    ['has another value between', '"version": 3, "timeout": "0.1.1"'],
    ['has the version of something else before', 'run(image="0.1.1", version=VERSION)'],
    ['has it far away', `version${' of what is described here'.repeat(3)} 0.1.1`],
    ['says to leave it', 'version = "0.1.1"  # bump:ignore'],
    ['was made by a program', `version = "0.1.1" ${'x'.repeat(1000)}`],
    ['is older and of something else', 'schema_id_version = "0.1.0"\nassert numpy.__version__ == "0.1.0"'],
    ['holds a place', '"version": "0.0.0"'],
    ['is an address', 'version 127.0.1.1'],
  ])('%s', (_, text) => expect(find(text)).toEqual([]))
})

it('finds no version that only holds the old one', () => {
  const digits = fc.constantFrom('', '1', '0.', '.2', '1.', 'a', '_', '.0')
  fc.assert(
    fc.property(digits, digits, (before, after) => {
      const isSame = before === '' && after === ''
      const found = find(`version = "${before}1.2.3${after}"`, '1.2.3')
      // 1.2.3a is a prerelease of it, and so an older version.
      expect(found.filter(place => !place.endsWith('older'))).toHaveLength(isSame ? 1 : 0)
    }),
  )
})
