import { driverOf } from '../command/child-environment.ts'
import type { AlembicScripts } from './revisions.ts'

/**
 * The scheme of DATABASE_URL for Alembic. A driver that the project's own DATABASE_URL names stays. Else it is plain
 * `postgresql`, which env.py files expect that put a driver in by themselves, as long as the driver that SQLAlchemy takes for it
 * can be imported: psycopg2, and from 2.1 on psycopg (SQLAlchemy's migration notes). Else the one that can be is named.
 */
export function schemeFor(
  { driver, sqlalchemy }: Pick<AlembicScripts, 'driver' | 'sqlalchemy'>,
  ownUrl: string | undefined,
): string {
  const own = driverOf(ownUrl)
  if (own) return `postgresql+${own}`
  const [major = 0, minor = 0] = sqlalchemy.split('.').map(Number)
  const usual = major > 2 || (major === 2 && minor >= 1) ? 'psycopg' : 'psycopg2'
  return driver === '' || driver === usual ? 'postgresql' : `postgresql+${driver}`
}
