import { deflateSync } from 'node:zlib'
import type { Codecov } from '@tokenledger/testkit'

export const SHA = 'c'.repeat(40)
export const FIELDS = {
  branch: 'feat',
  ci_service: 'github-actions',
  ci_url: 'https://github.com/acme/consumer/actions/runs/1',
  code: 'default',
  commitid: SHA,
  flags: ['unit'],
  job_code: 'CI',
  name: 'CI - test',
  parent_commit_id: null,
  pullid: '7',
  version: '1',
}

export interface Sent {
  readonly status: number
  readonly body: Record<string, string>
}

export async function post(
  { url, tokens }: Codecov,
  fields: object = FIELDS,
  token: string | null = tokens.repository,
  path = 'github/acme::::consumer/upload-coverage',
): Promise<Sent> {
  const headers = {
    'content-type': 'application/json',
    ...(token ? { authorization: `Token ${token}` } : {}),
  }
  const response = await fetch(`${url}/upload/${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(fields),
  })
  return { status: response.status, body: JSON.parse((await response.text()) || '{}') }
}

export function payload(content: string): string {
  const data = deflateSync(content).toString('base64')
  return JSON.stringify({
    report_fixes: { format: 'legacy', value: {} },
    network_files: ['a.py'],
    coverage_files: [{ filename: 'coverage.xml', format: 'base64+compressed', data, labels: '' }],
    metadata: {},
  })
}

export function claims(changed: object = {}): string {
  const whole = {
    iss: 'https://token.actions.githubusercontent.com',
    aud: 'https://codecov.io',
    repository: 'acme/consumer',
    repository_owner: 'acme',
    exp: Date.now() / 1000 + 60,
    ...changed,
  }
  return `e30.${Buffer.from(JSON.stringify(whole)).toString('base64url')}.c2ln`
}

export const put = (url = '', body = payload('<coverage/>')) => fetch(url, { method: 'PUT', body })
