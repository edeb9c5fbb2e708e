import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '@tokenledger/kit'
import { freePort, isFree, type Postgres, requireFreePort, startPostgres } from '@tokenledger/postgres-server'
import type { CleanUp } from '../clean-up.ts'
import type { ReadCalled } from '../workflows/expected-jobs.ts'
import type { Workflow } from '../workflows/workflow.ts'
import { handedOn, type PostgresWish, postgresWishes } from './postgres-wish.ts'

/** A wish with the port settled, and the file that holds the job. */
export interface Database extends PostgresWish {
  readonly file: string
  readonly port: number
}

/**
 * The databases that a workflow and those that it calls expect, one for each port. A job that lets the runner choose
 * the port gets a free one, written into its (staged) file, since act leaves `job.services` empty. A UserError when a
 * port is in use.
 */
export async function planDatabases(
  workflow: Workflow,
  readCalled: ReadCalled,
  isWanted: (job: string) => boolean,
): Promise<Database[]> {
  const planned = new Map<number, Database>()
  const visit = async (
    current: Workflow,
    given: Readonly<Record<string, unknown>>,
    wanted: typeof isWanted,
  ) => {
    for (const wish of postgresWishes(current, given).filter(({ job }) => wanted(job))) {
      if (wish.port === undefined && sharesDatabase(planned, current.file, wish)) continue
      const port = wish.port ?? ((await isFree(5432)) && !planned.has(5432) ? 5432 : await freePort())
      if (wish.port === undefined) pinPort(current.file, wish.service, port)
      addDatabase(planned, { ...wish, port, file: current.file })
    }
    for (const job of current.jobs.filter(({ id, uses }) => uses && wanted(id)))
      await visit(readCalled(job.uses ?? ''), handedOn(current, given, job), () => true)
  }
  await visit(workflow, {}, isWanted)
  for (const { port, job } of planned.values()) await requireFreePort({ port, wantedBy: `job ${job}` })
  return [...planned.values()]
}

/**
 * Whether a job of the same file already has the same service on a port of its choice: `pinPort` has written that port
 * for both.
 */
function sharesDatabase(planned: ReadonlyMap<number, Database>, file: string, wish: PostgresWish): boolean {
  return [...planned.values()].some(
    other =>
      other.file === file &&
      (['service', 'user', 'password', 'database'] as const).every(key => other[key] === wish[key]),
  )
}

function addDatabase(planned: Map<number, Database>, database: Database): void {
  const other = planned.get(database.port)
  planned.set(database.port, database)
  if (!other) return
  const differs = (['user', 'password', 'database'] as const).find(key => other[key] !== database[key])
  if (!differs) return
  throw new UserError(
    `The jobs ${other.job} and ${database.job} want databases with another ${differs} on the same port ${database.port}. On one computer only one of them can have it: map another port, or run one of them by --job.`,
  )
}

function pinPort(file: string, service: string, port: number): void {
  const expression = new RegExp(`job\\.services\\.${service}\\.ports\\[\\s*['"]?5432['"]?\\s*\\]`, 'g')
  writeFileSync(file, readFileSync(file, 'utf8').replace(expression, String(port)))
}

/** Starts the databases of one workflow, each with files of its own below `folder`. */
export async function startDatabases(
  databases: readonly Database[],
  folder: string,
  env: Readonly<Record<string, string>>,
  cleanUp: CleanUp,
  say: (line: string) => void,
): Promise<Postgres[]> {
  const started: Postgres[] = []
  for (const { port, user, password, database, job, image } of databases) {
    const own = { port, user, password, database, wantedBy: `job ${job}`, env }
    const postgres = await startPostgres({ ...own, folder: join(folder, `postgres-${port}`) })
    cleanUp.add(() => postgres.close())
    started.push(postgres)
    say(
      `PostgreSQL ${postgres.version} listens on port ${port} in place of ${nameOf(image)}, for job ${job}.`,
    )
  }
  return started
}

/** An image that only the run can tell is not worth showing as an expression. */
function nameOf(image: string): string {
  return image.includes('${{') ? 'the image' : image
}
