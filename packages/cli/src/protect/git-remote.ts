import { gitAt, UserError } from '@tokenledger/kit'

/** A repository on a server. */
export interface RemoteRepository {
  readonly host: string
  /** `owner/name` */
  readonly repository: string
}

/** The repository that git's remote `origin` names. Throws a UserError where there is none. */
export async function originOf(root: string): Promise<RemoteRepository> {
  const url = (await gitAt(root).read('config', '--get', 'remote.origin.url'))?.trim()
  const found = url ? repositoryIn(url) : undefined
  if (found) return found
  throw new UserError(
    'The repository on GitHub is not known: this folder has no git remote "origin" on a server. Name it: --repo OWNER/NAME',
  )
}

/** `https://host/owner/name.git`, `ssh://git@host/owner/name`, `git@host:owner/name.git`. */
export function repositoryIn(url: string): RemoteRepository | undefined {
  const pattern = /^(?:[a-z+]+:\/\/)?(?:[^@/]+@)?([\w.-]+)(?::\d+)?[:/]([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/i
  const [, host, repository] = pattern.exec(url) ?? []
  return host && repository ? { host, repository } : undefined
}

/** The default branch as the clone remembers it; `main` where it does not. */
export async function rememberedBranch(root: string): Promise<string> {
  const ref = await gitAt(root).read('symbolic-ref', '--short', 'refs/remotes/origin/HEAD')
  return ref?.trim().replace(/^origin\//, '') || 'main'
}
