import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '@tokenledger/kit'
import type { Settings } from './database-url.ts'
import type { Certificates } from './ssl.ts'

/**
 * Reads the files that sslrootcert, sslcert and sslkey name; without sslrootcert libpq's ~/.postgresql/root.crt, if it is
 * there. `rootName` says how sslrootcert was given. Throws a UserError for a file that cannot be read or has no certificate.
 */
export function readCertificates(
  { sslrootcert, sslcert, sslkey }: Settings,
  rootName: string,
  env: Readonly<Record<string, string | undefined>>,
): Certificates {
  const root = sslrootcert ?? usualRoot(env)
  const client =
    sslcert && sslkey ? { client: { cert: readPem(sslcert, 'sslcert'), key: readPem(sslkey, 'sslkey') } } : {}
  if (!root) return client
  return { ...client, authorities: root === 'system' ? root : readPem(root, rootName) }
}

function usualRoot({ HOME }: Readonly<Record<string, string | undefined>>): string | undefined {
  const path = HOME && join(HOME, '.postgresql', 'root.crt')
  return path && existsSync(path) ? path : undefined
}

/** The path stays out of the messages: it may come from the URL. */
function readPem(path: string, name: string): string {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new UserError(
      `The file that ${name} names cannot be read (${code}). Paths start at the step's folder.`,
    )
  }
  if (text.includes('-----BEGIN ')) return text
  throw new UserError(`The file that ${name} names is not in PEM format ("-----BEGIN CERTIFICATE-----").`)
}
