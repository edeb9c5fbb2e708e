import { chmodSync, readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { tempDir, writeFiles } from '@tokenledger/testkit'
import type { Target } from '../../src/database/target.ts'
import { findPgDump, runPgDump } from '../../src/schema/pg-dump.ts'

const TARGET: Target = {
  host: 'db.internal',
  port: 6543,
  user: 'ledger',
  password: 'Pa:ss/w#rd 1',
  database: 'shop',
  sslMode: 'verify-full',
  sslRootCert: '/etc/ca.pem',
  ssl: {},
}

/** A program by the name of pg_dump that tells a version and options, and leaves its arguments and environment in a file. */
function program({ version = '16.14', options = '', dump = 'exit 0' } = {}) {
  const folder = tempDir('programs-')
  writeFiles(folder, {
    pg_dump: `#!/bin/sh
case "$1" in
  --version) echo "pg_dump (PostgreSQL) ${version} (Debian ${version}-1)";;
  --help) echo "${options}";;
  *) printf '%s\\n' "$@" > ${folder}/arguments; env > ${folder}/environment; ${dump};;
esac
`,
  })
  chmodSync(`${folder}/pg_dump`, 0o755)
  const env = { PATH: `${folder}:/usr/bin:/bin`, PGSERVICE: 'another', PGPASSWORD: 'of another' }
  return { env, read: (name: 'arguments' | 'environment') => readFileSync(`${folder}/${name}`, 'utf8') }
}

async function dumpBy({ env }: ReturnType<typeof program>) {
  const found = await findPgDump(env, 160_014)
  if (typeof found === 'string') return found
  const table = { oid: 1, schema: 'App "x"', name: 'a.b*' }
  return runPgDump(found, TARGET, [table], env)
}

describe('pg_dump', () => {
  it('gets the connection by its environment and nothing of it by its arguments', async () => {
    const fake = program({ dump: 'echo text' })
    expect(await dumpBy(fake)).toEqual({ text: 'text\n' })
    expect(fake.read('arguments').split('\n')).toEqual([
      '--schema-only',
      '--no-owner',
      '--no-privileges',
      '--no-password',
      '--exclude-table="App ""x"""."a.b*"',
      '',
    ])
    const environment = fake.read('environment').split('\n')
    expect(environment).toEqual(
      expect.arrayContaining([
        'PGHOST=db.internal',
        'PGPORT=6543',
        'PGUSER=ledger',
        'PGDATABASE=shop',
        'PGPASSWORD=Pa:ss/w#rd 1',
        'PGSSLMODE=verify-full',
        'PGSSLROOTCERT=/etc/ca.pem',
      ]),
    )
    expect(environment.filter(line => line.startsWith('PGSERVICE'))).toEqual([])
  })

  it('gets a fixed restrict key where it knows that option', async () => {
    const fake = program({ options: '  --restrict-key=RESTRICT_KEY' })
    await dumpBy(fake)
    expect(fake.read('arguments')).toContain('--restrict-key=schema\n')
  })

  it.each([
    ['is too old', '15.18', 'pg_dump 15.18 cannot dump a PostgreSQL 16 server'],
    [
      'tells no version',
      'unknown',
      'pg_dump --version says "pg_dump (PostgreSQL) unknown (Debian unknown-1)"',
    ],
  ])('is not used when it %s', async (_name, version, reason) => {
    expect(await dumpBy(program({ version }))).toBe(reason)
  })

  it('is used for an older server', async () => {
    expect(await dumpBy(program({ version: '18.1' }))).toEqual({ text: '' })
  })

  it('fails with its last words', async () => {
    const dump = 'echo "pg_dump: error: query failed: ERROR:  permission denied" >&2; exit 1'
    expect(await dumpBy(program({ dump }))).toBe(
      'pg_dump failed: pg_dump: error: query failed: ERROR:  permission denied',
    )
  })
})
