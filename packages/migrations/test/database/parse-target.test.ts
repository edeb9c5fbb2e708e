import { chmod, writeFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { tempDir } from '@tokenledger/testkit'
import fc from 'fast-check'
import { parseTarget } from '../../src/database/parse-target.ts'
import type { Target } from '../../src/database/target.ts'

const parse = (url: string, env: Record<string, string> = {}): Target => parseTarget({ url, env })

describe('a URL', () => {
  test.each(['postgres', 'postgresql', 'postgresql+psycopg2', 'postgresql+asyncpg', 'POSTGRES'])(
    'of the scheme %s is taken apart',
    scheme => {
      expect(parse(`${scheme}://ann:p%40ss@db.example.com:6000/app`)).toMatchObject({
        host: 'db.example.com',
        port: 6000,
        user: 'ann',
        password: 'p@ss',
        database: 'app',
      })
    },
  )

  test.each([
    ['postgresql://ann@h', { host: 'h', port: 5432, user: 'ann', password: '', database: 'ann' }],
    ['postgresql://', { host: 'localhost', user: userInfo().username, database: userInfo().username }],
    [
      'postgresql:///app?host=/var/run/postgresql',
      { host: '/var/run/postgresql', database: 'app', ssl: false },
    ],
    ['postgresql://%2Fvar%2Frun/app', { host: '/var/run', ssl: false }],
    ['postgresql://ann:x@[::1]:6000/app', { host: '::1', port: 6000, sslMode: 'prefer' }],
    ['postgresql://ann:x@[fe80::1%25eth0]/app', { host: 'fe80::1%eth0' }],
    ['postgresql://h/a%20b', { database: 'a b' }],
    ['postgresql://ann:a:b@h/app', { password: 'a:b' }],
    ['postgresql://ann:a+b@h/app', { password: 'a+b' }],
    [
      'postgresql:///app?user=ann&password=p%26x&host=h&port=6000&dbname=z',
      { user: 'ann', password: 'p&x', port: 6000, database: 'z' },
    ],
    ['postgresql://h/app?options=-c%20search_path%3Dx', { options: '-c search_path=x' }],
    ['postgresql://h/app?connect_timeout=7', { connectTimeoutMs: 7000 }],
    ['postgresql://h/app?connect_timeout=1', { connectTimeoutMs: 2000 }],
    ['postgresql://db.example.com/app?hostaddr=10.0.0.7', { host: 'db.example.com', address: '10.0.0.7' }],
    ['postgresql://h/app?application_name=x&keepalives_idle=5&channel_binding=require', { database: 'app' }],
    ['  postgresql://h/app\n', { host: 'h', database: 'app' }],
  ])('%s', (url, expected) => {
    expect(parse(url)).toMatchObject(expected)
  })

  test('gives back every user, password and database that encodeURIComponent wrote into it', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter(value => !value.includes('\0'))
    fc.assert(
      fc.property(text, text, text, (user, password, database) => {
        const [u, p, d] = [user, password, database].map(encodeURIComponent)
        expect(parse(`postgresql://${u}:${p}@h:1/${d}`)).toMatchObject({ user, password, database })
      }),
    )
  })
})

const NEAR_PASSWORD =
  'database-url is not a valid URL near its password. Percent-encode @ : / # % ? in it (e.g. with encodeURIComponent). The value is not shown.'

describe('a bad value is refused', () => {
  test.each([
    'postgresql://ann:p@ss@h/app',
    'postgresql://ann:p/ss@h/app',
    'postgresql://ann:12/34@h/app',
    'postgresql://ann:p?ss@h/app',
    'postgresql://ann:1?a=b@h/app',
    'postgresql://ann:p#ss@h/app',
    'postgresql://ann:p%ss@h/app',
    'postgresql://ann:p%00ss@h/app',
    'postgresql://ann:p%FFss@h/app',
    'postgresql://ann:p\nss@h/app',
    'postgresql://ann:secret',
    'postgresql://ann:p@ss:w/rd#?%@h/app',
  ])('near its password: %j', url => {
    expect(() => parse(url)).toThrow(new Error(NEAR_PASSWORD))
  })

  test.each([
    ['mysql+pymysql://u:S3cr3t!@h/d', /^database-url has the scheme "mysql"/],
    ['sqlite:///S3cr3t.db', /^database-url has the scheme "sqlite"/],
    ['jdbc:postgresql://h/d?password=S3cr3t', /^database-url has the scheme "jdbc"/],
    ['S3cr3t:x@h', /^database-url does not start with postgresql:\/\//],
    ['host=h password=S3cr3t', /^database-url does not start with postgresql:\/\//],
    ['postgresql://u:S3cr3t@a,b:1/d', /^database-url lists several hosts/],
    ['postgresql:///d?host=S3cr3ta,b', /^database-url lists several hosts/],
    ['postgresql://u:x@h:S3cr3t/d', /near its password/],
    ['postgresql://u:x@h:99999/d', /^The port of database-url is not a valid number/],
    ['postgresql://u:x@S3cr3t!!/d', /^database-url has a host that is neither a name nor an address/],
    ['postgresql://h/d?sslmode=S3cr3t', /^sslmode of database-url is none of disable, allow, prefer/],
    ['postgresql://h/d?schema=S3cr3t', /^database-url has the setting "schema" that/],
    ['postgresql:///d?host=h&password=ab&S3cr3t=x', /^database-url has a setting that/],
    ['postgresql:///d?host=h&password=ab&half_of_it=x', /^database-url has a setting that/],
    ['postgresql://h/d?connect_timeout=S3cr3t', /^The connect_timeout of database-url/],
    [
      'postgresql://h/d?sslrootcert=/S3cr3t',
      /^The file that sslrootcert of database-url names cannot be read \(ENOENT\)/,
    ],
    ['postgresql://h/d?sslrootcert=system&sslmode=require', /^sslrootcert=system needs sslmode=verify-full/],
  ])('%s', (url, message) => {
    expect(() => parse(url)).toThrow(message)
    expect(() => parse(url)).not.toThrow(/S3cr3t/)
  })

  test('no message holds a piece of a password with every bad character', () => {
    const piece = fc.constantFrom('S3cr3t', '@', ':', '/', '#', '?', '%', '&', '=', ' ', ',', '[', ']')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), pieces => {
        const url = `postgresql://ann:${pieces.join('')}@db/app`
        try {
          const { host, port, database } = parse(url)
          expect({ host, port, database }).toEqual({ host: 'db', port: 5432, database: 'app' })
        } catch (error) {
          expect(String((error as Error).stack)).not.toContain('S3cr3t')
        }
      }),
      { numRuns: 2000 },
    )
  })
})

describe('without the input', () => {
  test('DATABASE_URL is taken, and named in an error', () => {
    expect(parse('', { DATABASE_URL: 'postgres://h/app' }).database).toBe('app')
    expect(() => parse('', { DATABASE_URL: 'postgres://u:a@b@h' })).toThrow(
      /^DATABASE_URL is not a valid URL near/,
    )
  })

  test("libpq's variables are taken", () => {
    const env = {
      PGHOST: '/run/pg',
      PGPORT: '6000',
      PGUSER: 'ann',
      PGPASSWORD: 'x',
      PGDATABASE: 'app',
      PGOPTIONS: '-c a=b',
    }
    expect(parse('', env)).toMatchObject({
      host: '/run/pg',
      port: 6000,
      user: 'ann',
      password: 'x',
      database: 'app',
      options: '-c a=b',
    })
    expect(parse('', { PGHOSTADDR: '10.0.0.7', PGUSER: 'ann' })).toMatchObject({
      host: '10.0.0.7',
      database: 'ann',
    })
    expect(parse('', { PGDATABASE: 'app' })).toMatchObject({ host: 'localhost', sslMode: 'prefer' })
  })

  test('they fill in what a URL leaves out, and do not replace what it says', () => {
    const env = { PGPASSWORD: 'x', PGUSER: 'bob', PGSSLMODE: 'disable' }
    expect(parse('postgresql://ann@db.example.com/app', env)).toMatchObject({
      user: 'ann',
      password: 'x',
      ssl: false,
    })
  })

  test('and without any of them the three sources are named, also where a runner sets PGUSER', () => {
    expect(() => parse('', { PGUSER: 'postgres', PGPASSWORD: 'root' })).toThrow(
      /input database-url is empty, and so are the variables DATABASE_URL and PGHOST, PGHOSTADDR, PGDATABASE/,
    )
  })

  test('the password file has the password', async () => {
    const passfile = join(await tempDir(), 'pass')
    await writeFile(
      passfile,
      '# h:*:*:*:comment\nh:5432:other:*:no\n\nh:*:a\\:p:ann:p\\:w\\\\d:x\nlocalhost:*:*:*:here\n',
    )
    await chmod(passfile, 0o600)
    const password = (url: string) => parse(url, { PGPASSFILE: passfile }).password
    expect(password('postgresql://ann@h/a%3Ap')).toBe('p:w\\d:x')
    expect(password('postgresql://ann@h/app')).toBe('')
    expect(password('postgresql://ann@%2Frun/app')).toBe('here')
    expect(password('postgresql://ann:given@h/a%3Ap')).toBe('given')
  })
})
