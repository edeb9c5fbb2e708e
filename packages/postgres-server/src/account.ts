import { readFile } from 'node:fs/promises'
import { UserError } from '@tokenledger/kit'

export interface Account {
  readonly uid: number
  readonly gid: number
}

/**
 * The account under which PostgreSQL runs: undefined for one's own, or an unprivileged one when that is root, as
 * PostgreSQL refuses to run as root. Only existing accounts are used; a UserError when there is none.
 */
export async function postgresAccount(
  uid: number | undefined = process.getuid?.(),
): Promise<Account | undefined> {
  if (uid !== 0) return undefined
  const account = chooseAccount(await readFile('/etc/passwd', 'utf8').catch(() => ''))
  if (account) return account
  throw new UserError(
    'PostgreSQL does not run as root, and this system has no other account. Run this as an ordinary user.',
  )
}

/** From the lines of a passwd file: `postgres`, else `nobody`, else any account that is not root's. */
export function chooseAccount(passwd: string): Account | undefined {
  const accounts = passwd
    .split('\n')
    .map(line => line.split(':'))
    .flatMap(([name = '', , uid, gid]) => (uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : []))
    .filter(({ uid }) => uid > 0)
  const named = (wanted: string) => accounts.find(({ name }) => name === wanted)
  const found = named('postgres') ?? named('nobody') ?? accounts[0]
  return found && { uid: found.uid, gid: found.gid }
}
