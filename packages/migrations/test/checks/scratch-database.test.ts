import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import {
  type DisposablePostgres,
  disposablePostgres,
  hasPgBouncer,
  startPgBouncer,
} from '@tokenledger/postgres-server'
import { gitRepo } from '@tokenledger/testkit'
import { withScratchDatabase } from '../../src/checks/scratch-database.ts'
import type { Session } from '../../src/database/session.ts'
import { type CheckLab, checkLab, sessionOf } from './check-lab.ts'

const FILES = { 'migrations/001_a.sql': 'CREATE TABLE a (id int);\n' }

describe('a scratch database', () => {
  let server: DisposablePostgres
  let session: Session
  let lab: CheckLab
  const names = async () =>
    (await server.query(`SELECT datname FROM pg_database WHERE datname LIKE 'tokenledger_scratch%'`)).map(
      row => row.datname,
    )
  const labOn = async (url: string, root = gitRepo(FILES).path) => {
    session = await sessionOf(url)
    lab = checkLab(root, session, { GITHUB_RUN_ID: '1234' })
  }
  beforeAll(async () => {
    server = await disposablePostgres({ major: 16 })
  })
  afterAll(() => server.close())
  beforeEach(async () => labOn(await server.createDatabase()))
  afterEach(async () => {
    await session.close()
    expect(await names()).toEqual([])
  })

  it('is empty, beside the other one, and named by the run', async () => {
    await session.main.query('CREATE TABLE here ()')
    const found = await withScratchDatabase(lab.context, async ({ main, target }) => {
      expect(await names()).toEqual([target.database])
      return [target.database, (await main.query(`SELECT to_regclass('here') AS here`)).rows[0].here]
    })
    expect(found).toEqual([expect.stringMatching(/^tokenledger_scratch_[0-9a-z]+_1234_[0-9a-f]{8}$/), null])
  })

  it('has the encoding, locale and settings of the other one', async () => {
    await server.query(
      `CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C';`,
    )
    await server.query(`ALTER DATABASE latin SET search_path TO "$user", 'App x', public`)
    await server.query(`ALTER DATABASE latin SET timezone TO 'Asia/Tokyo'`)
    await server.query(`ALTER DATABASE latin SET my.word TO 'it''s a \\ b'`)
    const seen = `SELECT current_setting('server_encoding') AS e, current_setting('search_path') AS s,
      current_setting('timezone') AS z, current_setting('my.word') AS w`
    await session.close()
    await labOn(server.url('latin'))
    const { rows } = await session.main.query(seen)
    expect(await withScratchDatabase(lab.context, async ({ main }) => (await main.query(seen)).rows)).toEqual(
      rows,
    )
    expect(rows).toEqual([{ e: 'LATIN1', s: '"$user", "App x", public', z: 'Asia/Tokyo', w: "it's a \\ b" }])
  })

  it('goes when the work fails, when others are connected to it, and when the side connection is cut', async () => {
    const broken = withScratchDatabase(lab.context, async ({ target }) => {
      const guest = await lab.context.open(target)
      guest.main.on('error', () => undefined)
      guest.side.on('error', () => undefined)
      throw new Error('broken')
    })
    await expect(broken).rejects.toThrow('broken')
    expect(await names()).toEqual([])
    session.side.on('error', () => undefined)
    await withScratchDatabase(lab.context, async () => session.side.end())
  })

  it('is not made any more after a cancel', async () => {
    const options = { ...lab.context.options, signal: AbortSignal.abort(new Error('cancelled')) }
    await expect(withScratchDatabase({ ...lab.context, options }, async () => 0)).rejects.toThrow('cancelled')
  })

  it('of a killed run goes an hour later, and not before', async () => {
    const [old, young] = [Date.now() - 61 * 60_000, Date.now() - 59 * 60_000].map(
      made => `tokenledger_scratch_${made.toString(36)}_9_00000000`,
    )
    await server.query(`CREATE DATABASE ${old}`)
    await server.query(`CREATE DATABASE ${young}`)
    await server.query('CREATE DATABASE tokenledger_scratch_aaaaaaaa_of_a_person')
    await withScratchDatabase(lab.context, async () => undefined)
    expect((await names()).sort()).toEqual([young, 'tokenledger_scratch_aaaaaaaa_of_a_person'].sort())
    expect(lab.said).toEqual([`Dropped ${old}, which a killed run had left behind.`])
    await server.query(`DROP DATABASE ${young}`)
    await server.query('DROP DATABASE tokenledger_scratch_aaaaaaaa_of_a_person')
  })

  it('needs a role that may create databases', async () => {
    await server.query(`CREATE ROLE "App user" LOGIN PASSWORD 'secret'`)
    await session.close()
    const url = new URL(server.url())
    url.username = 'App%20user'
    url.password = 'secret'
    await labOn(url.href)
    const tools = { otherTool: lab.context.tool }
    expect(await lab.check('equivalence', tools)).toMatchObject({
      verdict: 'skipped',
      message:
        'Skipped: role App user may not create a scratch database. Let it, in CI: ALTER ROLE "App user" CREATEDB.',
    })
    expect((await lab.check('equivalence', tools, true)).verdict).toBe('failed')
  })

  it('is not made on a remote server unless the check is named', async () => {
    const remote = { targetKind: 'remote', otherTool: lab.context.tool } as const
    expect(await lab.check('equivalence', remote)).toMatchObject({
      verdict: 'skipped',
      message: 'Skipped: no scratch database is created on a remote server unless the check is named.',
    })
    expect((await lab.check('equivalence', remote, true)).verdict).toBe('passed')
  })

  const pooled = hasPgBouncer() ? it : it.skip
  pooled('cannot be reached through a pooler (needs the Debian package pgbouncer)', async () => {
    const bouncer = await startPgBouncer(server)
    try {
      await session.close()
      await labOn(bouncer.url('ledger'))
      expect((await lab.check('equivalence', { otherTool: lab.context.tool })).message).toBe(
        'Skipped: the URL goes through a pooler, behind which no scratch database can be reached.',
      )
    } finally {
      await session.close()
      await bouncer.close()
    }
  })
})
