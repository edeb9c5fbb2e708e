import { afterEach, describe, expect, it } from '@jest/globals'
import { inWords, parseDuration } from '@tokenledger/kit'
import { readInputs } from '../src/inputs.ts'

const given = (inputs: Record<string, string>) => {
  for (const [name, value] of Object.entries(inputs)) process.env[`INPUT_${name.toUpperCase()}`] = value
  return readInputs('/w')
}
afterEach(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith('INPUT_')) delete process.env[name]
})

describe('the inputs', () => {
  it('have their documented defaults', () => {
    const { statementTimeoutMs, ...times } = given({}).times
    expect(times).toEqual({ waitMs: 60_000, lockWaitMs: 60_000, lockTimeoutMs: 5000, lockRetries: 5 })
    expect(statementTimeoutMs).toBeUndefined()
    expect(given({})).toMatchObject({
      mode: 'apply',
      tools: { tool: 'auto', path: 'migrations', command: '', alembicConfig: '', alembicDirectory: '' },
      record: {
        outOfOrder: 'error',
        checksums: 'error',
        acceptChecksum: new Map(),
        trackingTable: 'public.tokenledger_migrations',
      },
      database: { url: '', allowRemote: false, expectDatabase: '', sslRootCert: '' },
      transaction: 'file',
      schema: { file: '', drift: 'error' },
      lint: 'builtin',
      summary: true,
      workingDirectory: '/w',
    })
  })

  it('take no limit for a statement as well as a limit', () => {
    expect(given({ 'statement-timeout': '0' }).times.statementTimeoutMs).toBe(0)
    expect(given({ 'statement-timeout': '15m' }).times.statementTimeoutMs).toBe(900_000)
  })

  it('read accepted checksums, short or whole, in either case, with the … of the error text', () => {
    const { acceptChecksum } = given({
      'accept-checksum': '001=9EB63C83…, 002=36d18539a1\n003:00000000',
    }).record
    expect([...acceptChecksum]).toEqual([
      ['001', '9eb63c83'],
      ['002', '36d18539a1'],
      ['003', '00000000'],
    ])
  })

  it.each<[Record<string, string>, string]>([
    [{ mode: 'up' }, 'Input mode is "up"; allowed: apply, plan, verify, status, baseline.'],
    [{ tool: 'flyway' }, 'Input tool is "flyway"; allowed: auto, sql, alembic, command.'],
    [{ transaction: 'none' }, 'Input transaction is "none"; allowed: file, all.'],
    [{ 'out-of-order': 'warn' }, 'Input out-of-order is "warn"; allowed: error, allow.'],
    [{ checksums: 'off' }, 'Input checksums is "off"; allowed: error, warn.'],
    [{ 'schema-drift': 'fail' }, 'Input schema-drift is "fail"; allowed: error, warn, off.'],
    [{ lint: 'atlas' }, 'Input lint is "atlas"; allowed: builtin, squawk, off.'],
    [{ 'allow-remote': 'yes' }, 'Input allow-remote is "yes"; allowed: true, false.'],
    [{ summary: 'no' }, 'Input summary is "no"; allowed: true, false.'],
    [{ 'lock-retries': '-1' }, 'Input lock-retries is "-1"; give a whole number of at least 0.'],
    [
      { checks: 'twice, thrice' },
      'Input checks has "thrice"; allowed: default, none, or a list of twice, up-down-up,',
    ],
    [
      { 'wait-timeout': '60' },
      'Input wait-timeout is "60"; give a duration with its unit, at most 24 days: 250ms, 60s,',
    ],
    [
      { 'accept-checksum': '001=9eb' },
      'Input accept-checksum has "001=9eb"; give version=sha256 with at least eight',
    ],
    [{ mode: 'baseline' }, 'Mode baseline needs baseline-version:'],
    [{ 'baseline-version': '002' }, 'Input baseline-version is for mode baseline, and mode is "apply".'],
    [{ 'allow-remote': 'true' }, 'Input allow-remote is true, so expect-database is needed'],
    [{ tool: 'sql', command: 'x db init' }, 'Input command is for tool command, and tool is "sql".'],
    [{ 'tracking-table': 'a.b.c' }, '"a.b.c"'],
  ])('refuse %j', (inputs, message) => {
    expect(() => given(inputs)).toThrow(message)
  })

  it('tell all mistakes at once', () => {
    expect(() => given({ mode: 'up', lint: 'on', 'lock-wait': 'long' })).toThrow(
      /Input mode is "up".*\nInput lock-wait is "long".*\nInput lint is "on"/,
    )
  })
})

describe('a duration', () => {
  it.each([
    ['60s', 60_000],
    ['5m', 300_000],
    ['250ms', 250],
    ['1h', 3_600_000],
    ['1.5s', 1500],
    ['0', 0],
  ])('%s is %d ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms)
  })

  it.each(['', '60', '5 minutes', '-1s', '1e3ms', '25d', '999999h'])('"%s" is none', text => {
    expect(parseDuration(text)).toBeUndefined()
  })

  it.each([
    [34.4, '34 ms'],
    [2540, '2.5 s'],
    [41_000, '41 s'],
    [250_000, '4 m 10 s'],
  ])('%d ms reads %s', (ms, words) => {
    expect(inWords(ms)).toBe(words)
  })
})
