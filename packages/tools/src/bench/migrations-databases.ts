import type { DisposablePostgres } from '@tokenledger/postgres-server'

type Work = (url: string) => Promise<number>

/**
 * Fresh databases for the cases of a bench. Making, counting and dropping one is outside of what a case measures; a checkpoint
 * goes before each, so that none pays for the writes of the one before.
 */
export function migrationDatabases(server: DisposablePostgres) {
  let kept = ''
  const measured = async (count: number, url: string, work: Work) => {
    await server.query('CHECKPOINT')
    const ms = await work(url)
    const tables = String.raw`SELECT count(*)::int AS n FROM pg_tables WHERE tablename ~ '^m\d+$'`
    const [row] = await server.query(tables, url)
    if (row?.n !== count) throw new Error(`${row?.n} tables were made and not ${count}`)
    return ms
  }
  const drop = async (url: string) => {
    await server.query(`DROP DATABASE ${new URL(url).pathname.slice(1)} WITH (FORCE)`)
  }
  return {
    /** Runs `work` in a new database and verifies the number of tables; `keep` leaves the database for `inKept`. */
    async inFresh(count: number, work: Work, keep?: 'keep'): Promise<number> {
      const url = await server.createDatabase()
      const ms = await measured(count, url, work)
      if (keep) kept = url
      else await drop(url)
      return ms
    },
    /** Runs `work` in the database that was kept, and drops it. */
    async inKept(count: number, work: Work): Promise<number> {
      const ms = await measured(count, kept, work)
      await drop(kept)
      return ms
    },
  }
}
