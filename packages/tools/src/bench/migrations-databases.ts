import { execFileSync } from 'node:child_process'
import type { DisposablePostgres } from '@tokenledger/postgres-server'

type Work = (url: string) => Promise<number>

/**
 * Fresh databases for the cases of a bench. Making one and counting its tables is outside of what a case measures. A checkpoint
 * and the disk's own write-back go before each, and nothing is dropped before the end: a file system that has just deleted ten
 * thousand files makes the next one pay for it.
 */
export function migrationDatabases(server: DisposablePostgres) {
  const kept = new Map<number, string>()
  const measured = async (count: number, url: string, work: Work) => {
    await server.query('CHECKPOINT')
    if (process.platform !== 'win32') execFileSync('sync')
    const ms = await work(url)
    const tables = String.raw`SELECT count(*)::int AS n FROM pg_tables WHERE tablename ~ '^m\d+$'`
    const [row] = await server.query(tables, url)
    if (row?.n !== count) throw new Error(`${row?.n} tables were made and not ${count}`)
    return ms
  }
  return {
    /** Runs `work` in a new database and verifies the number of tables. */
    async inFresh(count: number, work: Work): Promise<number> {
      const url = await server.createDatabase()
      kept.set(count, url)
      return measured(count, url, work)
    },
    /** Runs `work` in the database of the run before it. */
    async inKept(count: number, work: Work): Promise<number> {
      return measured(count, kept.get(count) ?? server.url(), work)
    },
  }
}
