import { describe, expect, it } from '@jest/globals'
import { cachePolicy, tokenIsReadOnly } from '../src/cache-policy.ts'

const hosted = {
  RUNNER_ENVIRONMENT: 'github-hosted',
  ACTIONS_RUNTIME_TOKEN: 't',
  ACTIONS_RESULTS_URL: 'http://127.0.0.1/',
  ACTIONS_CACHE_SERVICE_V2: 'true',
}

describe('the cache policy', () => {
  it('is the v2 service for an ordinary run, with its reason', () => {
    expect(cachePolicy('auto', 'auto', { ...hosted, GITHUB_EVENT_NAME: 'push' })).toEqual({
      kind: 'service',
      protocol: 'v2',
      access: 'read-write',
      reason: 'cache is "auto"',
    })
  })

  it.each([
    [{ GITHUB_EVENT_NAME: 'release' }, 'release event'],
    [{ GITHUB_EVENT_NAME: 'push', GITHUB_REF_TYPE: 'tag' }, 'push of a tag'],
    [{ ACTIONS_CACHE_MODE: ' None ' }, 'ACTIONS_CACHE_MODE is "none"'],
    [{ ACTIONS_RUNTIME_TOKEN: '' }, 'this runner offers no cache service'],
    [{ ACTIONS_RESULTS_URL: '' }, 'this runner offers no cache service'],
  ])('is off for %j because: %s', (more, reason) => {
    expect(cachePolicy('auto', 'auto', { ...hosted, ...more })).toEqual({ kind: 'off', reason })
  })

  it('is local on a self-hosted runner, unless the service is asked for', () => {
    const env = { ...hosted, RUNNER_ENVIRONMENT: 'self-hosted' }
    expect(cachePolicy('auto', 'auto', env).kind).toBe('local')
    expect(cachePolicy('true', 'auto', env).kind).toBe('service')
    expect(cachePolicy('auto', 'auto', { ...env, GITHUB_EVENT_NAME: 'workflow_run' }).kind).toBe('off')
  })

  it('gives no more than both the input and the mode of the runner allow', () => {
    const access = (input: 'auto' | 'read', mode: string) => {
      const policy = cachePolicy(input, 'auto', { ...hosted, ACTIONS_CACHE_MODE: mode })
      return policy.kind === 'service' ? policy.access : policy.kind
    }
    expect(['read', 'write', 'write-only', 'unheard-of'].map(mode => access('auto', mode))).toEqual([
      'read',
      'read-write',
      'write',
      'read-write',
    ])
    expect(['read', 'write', 'write-only'].map(mode => access('read', mode))).toEqual(['read', 'read', 'off'])
  })

  it('is read only for a merge group, whose branch nobody restores from, unless more is asked for', () => {
    const group = { ...hosted, GITHUB_EVENT_NAME: 'merge_group' }
    expect(cachePolicy('auto', 'auto', group)).toMatchObject({ access: 'read', reason: 'merge_group event' })
    expect(cachePolicy('true', 'auto', group)).toMatchObject({ access: 'read-write' })
    expect(cachePolicy('auto', 'auto', { ...group, ACTIONS_CACHE_MODE: 'write-only' })).toEqual({
      kind: 'off',
      reason: 'ACTIONS_CACHE_MODE is "write-only" and merge_group event',
    })
    expect(cachePolicy('auto', 'auto', { ...group, RUNNER_ENVIRONMENT: 'self-hosted' }).kind).toBe('local')
  })

  it('is v1 on GitHub Enterprise Server and where v2 is not announced', () => {
    const v1 = { ...hosted, ACTIONS_CACHE_URL: 'http://127.0.0.1/' }
    const protocol = (env: Record<string, string>) => {
      const policy = cachePolicy('auto', 'auto', env)
      return policy.kind === 'service' ? policy.protocol : policy.kind
    }
    expect(protocol({ ...v1, ACTIONS_CACHE_SERVICE_V2: '' })).toBe('v1')
    expect(protocol({ ...v1, GITHUB_SERVER_URL: 'https://git.corp.test' })).toBe('v1')
    expect(protocol({ ...v1, GITHUB_SERVER_URL: 'https://corp.ghe.com' })).toBe('v2')
    expect(protocol({ ...v1, GITHUB_SERVER_URL: 'https://github.com' })).toBe('v2')
    expect(protocol({ ...hosted, GITHUB_SERVER_URL: 'https://git.corp.test' })).toBe('off')
  })
})

describe('a runtime token', () => {
  const token = (ac: unknown) => `x.${Buffer.from(JSON.stringify({ ac })).toString('base64url')}.y`

  it('is read-only when no scope has the bit of writing', () => {
    expect(tokenIsReadOnly(token('[{"Scope":"refs/heads/main","Permission":1}]'))).toBe(true)
    expect(tokenIsReadOnly(token('[{"Scope":"a","Permission":1},{"Scope":"b","Permission":3}]'))).toBe(false)
  })

  it('says nothing when it cannot be read', () => {
    for (const unknown of [undefined, '', 'opaque', token(undefined), 'a.b.c']) {
      expect(tokenIsReadOnly(unknown)).toBe(false)
    }
  })
})
