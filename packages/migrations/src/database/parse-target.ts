import type { Target } from './target.ts'

/** What a target is read from: the input, else the environment. */
export interface GivenTarget {
  /** The input database-url; empty when not given. */
  readonly url?: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** The input ssl-root-cert. */
  readonly sslRootCert?: string
}

/** The database that is meant: the input, else DATABASE_URL, else libpq's PG* variables. Throws a UserError without any part of the value. */
export function parseTarget(_given: GivenTarget): Target {
  throw new Error('not built yet')
}
