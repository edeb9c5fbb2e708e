import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseTarget } from '../../src/database/parse-target.ts'
import { redactLines } from '../../src/database/redact-lines.ts'
import { redactor, secretsOf } from '../../src/database/secrets.ts'

const target = (url: string) => parseTarget({ url, env: {} })
const urlOf = (password: string, host = 'localhost') =>
  `postgresql://tokenledger:${encodeURIComponent(password)}@${host}:5432/tokenledger`

const NASTY = [
  'p@ss:w/rd#?%',
  'with some spaces',
  'quote\'s "and" \\slash',
  'pässwörd→✓😀',
  '(*!)~$^&+=.[]{}|',
  'p%40ss%2Fw',
]

describe('what GitHub masks', () => {
  test('is the URL, and the password raw, encoded, and as the URL spells it', () => {
    const url = 'postgresql://ann:p%40ss%2fword%21@h/app'
    const { masked, warning } = secretsOf(target(url), url)
    expect(masked).toEqual(
      expect.arrayContaining([url, 'p@ss/word!', 'p%40ss%2Fword!', 'p%40ss%2fword%21', 'p%40ss%2Fword%21']),
    )
    expect(warning).toBeUndefined()
  })

  test.each(['tokenledger', 'TokenLedger', 'postgres', 'ged1182', 'short', 'ledgerdb'])(
    'is not the word %s, which would garble the log',
    password => {
      const url = `postgresql://tokenledger:${password}@localhost:5432/ledgerdb`
      expect(secretsOf(target(url), url, 'ged1182/TokenLedger')).toEqual({ masked: [url] })
    },
  )

  test('such a word for a remote host is warned about, without being told', () => {
    const url = urlOf('hunter2', 'db.example.com')
    const { masked, warning } = secretsOf(target(url), url)
    expect(masked).toEqual([url])
    expect(warning).toMatch(
      /^The password for db.example.com is shorter than 8 characters or an ordinary word/,
    )
    expect(warning).not.toContain('hunter2')
  })

  test('holds no empty text, which would mask everything', () => {
    expect(secretsOf(target('postgresql://ann@h/app'), '')).toEqual({ masked: [] })
    for (const password of NASTY) expect(secretsOf(target(urlOf(password))).masked).not.toContain('')
  })
})

describe('the redactor', () => {
  test.each(NASTY)('takes out every spelling of %j', password => {
    const url = urlOf(password)
    const redact = redactor(target(url), url)
    for (const said of [
      password,
      url,
      encodeURIComponent(password),
      JSON.stringify({ password }),
      `'${password.replaceAll("'", "''")}'`,
      // Alembic's ConfigParser quotes what it could not interpolate.
      `invalid interpolation syntax in '${url}' at position 27`,
      encodeURIComponent(password).replaceAll('%', '%%'),
      encodeURIComponent(password).replaceAll('%20', '+'),
    ]) {
      const redacted = redact(`before ${said} after`)
      expect(redacted).toMatch(/^before .*\*\*\*.* after$/)
      for (const { masked } of [secretsOf(target(url), url)]) {
        for (const secret of masked) expect(redacted).not.toContain(secret)
      }
    }
  })

  test.each(['tokenledger', 'pw'])(
    'takes the word %s out where a password stands, and leaves it elsewhere',
    password => {
      const redact = redactor(target(urlOf(password)))
      const shown = `table ${password}_events of ${password}`
      for (const [said, expected] of [
        [
          `postgresql+psycopg2://tokenledger:${password}@localhost/tokenledger`,
          'postgresql+psycopg2://tokenledger:***@localhost/tokenledger',
        ],
        [`tokenledger:${password}@localhost`, 'tokenledger:***@localhost'],
        [`password=${password} host=x`, 'password=*** host=x'],
        [`PGPASSWORD='${password}'`, "PGPASSWORD='***'"],
        [`{"password": "${password}"}`, '{"password": "***"}'],
        [`CREATE USER x PASSWORD '${password}'`, "CREATE USER x PASSWORD '***'"],
        [shown, shown],
      ] as const) {
        expect(redact(said)).toBe(expected)
      }
    },
  )

  test("takes out other URLs' passwords too, and leaves other text alone", () => {
    const redact = redactor(target('postgresql://h/app'))
    expect(redact('redis://x:S3cr3t@cache and https://example.org/a:b and ann@h')).toBe(
      'redis://x:***@cache and https://example.org/a:b and ann@h',
    )
  })

  test('leaves nothing of any password in any spelling, also after a second pass', () => {
    const long = fc
      .string({ unit: 'grapheme', minLength: 8, maxLength: 40 })
      .filter(text => !/[\0*]/.test(text) && text.trim().length > 7)
    fc.assert(
      fc.property(long, fc.string(), fc.string(), (password, before, after) => {
        const url = urlOf(password)
        const redact = redactor(target(url), url)
        const text = `${before}${password}${after} ${url} ${encodeURIComponent(password)}`
        expect(redact(text)).not.toContain(password)
        expect(redact(text)).not.toContain(encodeURIComponent(password))
        expect(redact(redact(text))).not.toContain(password)
      }),
      { numRuns: 500 },
    )
  })
})

describe('redacting a stream', () => {
  const url = urlOf(NASTY[3] ?? '')
  const redact = redactor(target(url), url)

  test('finds a secret that two chunks share, wherever they are cut, and loses no byte', () => {
    const line = `connect ${url} failed: ${NASTY[3]} ✓\n`
    const bytes = Buffer.from(line.repeat(2))
    for (let cut = 0; cut <= bytes.length; cut++) {
      let out = ''
      const lines = redactLines(redact, text => (out += text))
      lines.write(bytes.subarray(0, cut))
      lines.write(bytes.subarray(cut))
      lines.flush()
      expect(out).toBe('connect *** failed: *** ✓\n'.repeat(2))
    }
  })

  test('writes each line when it ends, and the last one at the flush', () => {
    const written: string[] = []
    const lines = redactLines(redact, text => written.push(text))
    lines.write('one\ntw')
    lines.write('o')
    expect(written).toEqual(['one\n'])
    lines.flush()
    lines.flush()
    expect(written).toEqual(['one\n', 'two'])
  })

  test('does not keep a line without an end in memory, and still finds the secrets in it', () => {
    let out = ''
    const lines = redactLines(redact, text => (out += text))
    for (let i = 0; i < 200; i++) lines.write(`${'x'.repeat(997)} ${NASTY[3]}`)
    expect(out.length).toBeGreaterThan(100_000)
    lines.flush()
    expect(out).toBe(`${'x'.repeat(997)} ***`.repeat(200))
  })
})
