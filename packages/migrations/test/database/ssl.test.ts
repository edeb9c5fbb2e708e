import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { tempDir } from '@tokenledger/testkit'
import { parseTarget } from '../../src/database/parse-target.ts'

const parse = (url: string, sslRootCert?: string) =>
  parseTarget({ url, env: {}, ...(sslRootCert ? { sslRootCert } : {}) })

describe('the default sslmode', () => {
  test.each(['localhost', '127.0.0.1', '127.9.9.9', '[::1]', 'postgres', '%2Frun'])(
    'is prefer for %s',
    host => {
      expect(parse(`postgresql://${host}/d`)).toMatchObject({ sslMode: 'prefer', sslModeGiven: false })
      expect(parse(`postgresql://${host}/d`).warnings).toBeUndefined()
    },
  )

  test.each(['db.example.com', '10.0.0.7', '8.8.8.8', '[2001:db8::1]', 'localhost.example.com'])(
    'is verify-full for %s',
    host => {
      const target = parse(`postgresql://${host}/d`)
      expect(target).toMatchObject({ sslMode: 'verify-full', ssl: { rejectUnauthorized: true } })
      expect(target.warnings).toBeUndefined()
    },
  )
})

describe('for a remote host', () => {
  test.each([
    ['disable', 'in plain text'],
    ['allow', 'falls back to plain text'],
    ['prefer', 'falls back to plain text'],
    ['require', 'anybody can answer'],
    ['verify-ca', 'trusts every public certificate'],
  ])('%s is warned about', (mode, words) => {
    expect(parse(`postgresql://u:S3cr3t@db.example.com/d?sslmode=${mode}`).warnings).toEqual([
      expect.stringContaining(words),
    ])
  })

  test('require with authorities checks the chain, as in libpq', async () => {
    const path = join(await tempDir(), 'ca.pem')
    await writeFile(path, '-----BEGIN CERTIFICATE-----\n')
    const target = parse('postgresql://db.example.com/d?sslmode=require', path)
    expect(target).toMatchObject({ ssl: { rejectUnauthorized: true }, sslRootCert: path })
    expect(target.warnings).toBeUndefined()
  })

  test('a root certificate that is none is refused', async () => {
    const path = join(await tempDir(), 'ca.pem')
    await writeFile(path, 'not found')
    expect(() => parse('postgresql://db.example.com/d', path)).toThrow(
      /^The file that ssl-root-cert names is not in PEM format/,
    )
  })
})

test.each([
  ['true', 'require'],
  ['false', 'disable'],
  ['verify-full', 'verify-full'],
])('ssl=%s of other drivers means sslmode=%s', (ssl, mode) => {
  expect(parse(`postgresql://h/d?ssl=${ssl}`).sslMode).toBe(mode)
})
