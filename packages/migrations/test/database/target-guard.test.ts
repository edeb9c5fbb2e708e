import { describe, expect, test } from '@jest/globals'
import { parseTarget } from '../../src/database/parse-target.ts'
import { type GuardOptions, requireAllowed } from '../../src/database/target-guard.ts'

const NAMES: Record<string, string[]> = {
  postgres: ['172.18.0.2'],
  both: ['127.0.0.1', '::1'],
  six: ['fd00::7'],
  public: ['93.184.216.34'],
  mixed: ['10.0.0.1', '8.8.8.8'],
  'db.internal.example.com': ['10.0.0.1'],
}
const lookup = async (host: string) => {
  const addresses = NAMES[host]
  if (!addresses) throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND' })
  return addresses
}

const requireIt = (url: string, options: Partial<GuardOptions> = {}) =>
  requireAllowed(parseTarget({ url, env: {} }), {
    allowRemote: false,
    expectDatabase: '',
    eventName: 'push',
    eventPayload: {},
    lookup,
    lookupWaitMs: 0,
    ...options,
  })
const remote = { allowRemote: true, expectDatabase: 'app' }

describe('local is', () => {
  test.each([
    '%2Frun%2Fpostgresql',
    '127.0.0.1',
    '127.1.2.3',
    '[::1]',
    '[::ffff:127.0.0.1]',
    'postgres',
    'both',
    'six',
  ])('%s', async host => {
    expect(await requireIt(`postgresql://${host}/app`)).toBe('local')
  })

  test('localhost, as the system resolves it', async () => {
    const target = parseTarget({ url: 'postgresql://localhost/app', env: {} })
    const options = { allowRemote: false, expectDatabase: '', eventName: 'push', eventPayload: {} }
    expect(await requireAllowed(target, options)).toBe('local')
  })
})

describe('remote is', () => {
  test.each([
    'db.prod.example.com',
    'db.internal.example.com',
    '10.0.0.1',
    '8.8.8.8',
    '[2001:db8::1]',
    'public',
    'mixed',
    'localhost.example.com',
  ])('%s, and refused', async host => {
    const url = `postgresql://u:S3cr3t@${host}/app`
    const shown = host.replace(/[[\]]/g, '')
    const refusal = `Refusing to migrate ${shown}: not local. Set allow-remote: true and expect-database: <name> in a protected environment.`
    await expect(requireIt(url)).rejects.toThrow(new Error(refusal))
    await expect(requireIt(url, { allowRemote: true })).rejects.toThrow(new Error(refusal))
    await expect(requireIt(url, { expectDatabase: 'app' })).rejects.toThrow(new Error(refusal))
    expect(await requireIt(`${url}?sslmode=verify-full`, remote)).toBe('remote')
  })

  test('a local name whose hostaddr is elsewhere', async () => {
    const url = 'postgresql://localhost/app?hostaddr=8.8.8.8&sslmode=verify-full'
    await expect(requireIt(url)).rejects.toThrow(/^Refusing to migrate localhost: not local/)
    expect(await requireIt(url, remote)).toBe('remote')
  })

  test('a name without dots on a public address, which needs an sslmode, as its default would be weak', async () => {
    await expect(requireIt('postgresql://public/app', remote)).rejects.toThrow(
      /^Refusing to migrate public: it points to a public address, and its name does not say so. Add sslmode=verify-full/,
    )
  })
})

test('another database than expected is refused, remote and local', async () => {
  for (const host of ['localhost', 'db.example.com']) {
    await expect(requireIt(`postgresql://${host}/other`, remote)).rejects.toThrow(
      `Refusing to migrate: expect-database is "app", but the target is ${host}, database "other". Nothing was run.`,
    )
  }
})

describe('a name that nobody knows', () => {
  test('is refused with the remedy', async () => {
    await expect(requireIt('postgresql://nowhere/app')).rejects.toThrow(
      /^Host nowhere cannot be resolved \(ENOTFOUND\). The name of a service works in a container job only/,
    )
  })

  test('is asked for again, as containers get theirs a bit late', async () => {
    let asked = 0
    const late = async () => {
      if (++asked < 3) throw Object.assign(new Error('getaddrinfo EAI_AGAIN'), { code: 'EAI_AGAIN' })
      return ['172.18.0.2']
    }
    expect(await requireIt('postgresql://late/app', { lookup: late, lookupWaitMs: 10_000 })).toBe('local')
    expect(asked).toBe(3)
  })
})

describe("a fork's code never gets to a remote database", () => {
  const here = { full_name: 'ged1182/TokenLedger' }
  const fork = { full_name: 'somebody/TokenLedger' }
  const pull = (repo: object | null) => ({ repository: here, pull_request: { head: { repo } } })
  const run = (head_repository: object | null, event = 'pull_request') => ({
    repository: here,
    workflow_run: { event, head_repository },
  })
  const guard = (eventName: string, eventPayload: unknown, host = 'db.example.com') =>
    requireIt(`postgresql://${host}/app`, { ...remote, eventName, eventPayload })

  test.each([
    ['pull_request', pull(fork)],
    ['pull_request', pull(null)],
    ['pull_request', {}],
    ['pull_request', undefined],
    ['pull_request_review', pull(fork)],
    ['pull_request_target', pull(fork)],
    ['pull_request_target', pull(here)],
    ['workflow_run', run(fork)],
    ['workflow_run', run(null)],
    ['workflow_run', run(here, 'pull_request_target')],
    ['workflow_run', {}],
    ['issue_comment', { repository: here, issue: { pull_request: {} } }],
  ])('%s %j', async (eventName, payload) => {
    await expect(guard(eventName, payload)).rejects.toThrow(
      /^Refusing to migrate db.example.com: .*Remote databases are migrated from a push, a release or workflow_dispatch.$/,
    )
    expect(await guard(eventName, payload, '127.0.0.1')).toBe('local')
  })

  test.each([
    ['push', { repository: here }],
    ['pull_request', pull(here)],
    ['workflow_run', run(here, 'push')],
    ['workflow_dispatch', {}],
    ['issue_comment', { repository: here, issue: {} }],
  ])('while %s of the repository itself does: %j', async (eventName, payload) => {
    expect(await guard(eventName, payload)).toBe('remote')
  })
})
