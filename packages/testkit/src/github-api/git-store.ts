import { type Git, gitBytes, gitIn } from '../git.ts'

export interface Identity {
  readonly name: string
  readonly email: string
  /** ISO 8601 in UTC, to the second. */
  readonly date: string
}

export interface Commit {
  readonly sha: string
  readonly tree: string
  readonly parents: readonly string[]
  readonly author: Identity
  readonly committer: Identity
  readonly message: string
}

export interface Ref {
  /** `refs/heads/main` */
  readonly name: string
  readonly sha: string
  /** `tag` for an annotated tag, whose `sha` is the tag object's. */
  readonly type: string
}

const FORMAT = ['%H', '%T', '%P', '%an', '%ae', '%aI', '%cn', '%ce', '%cI', '%B'].join('%x1f')

/** The objects and refs of a bare repository, read and written by git itself. */
export class GitStore {
  readonly folder: string
  private readonly git: Git

  constructor(folder: string) {
    this.folder = folder
    this.git = gitIn(folder)
  }

  /** What git prints for these arguments; undefined when it fails. */
  try(...args: readonly string[]): string | undefined {
    try {
      return this.git(...args)
    } catch {
      return undefined
    }
  }

  get defaultBranch(): string {
    return this.git('symbolic-ref', '--short', 'HEAD')
  }

  /** Refs whose full name starts with `prefix`, in order of their names. */
  refs(prefix: string): Ref[] {
    const listed = this.git('for-each-ref', '--format=%(refname) %(objectname) %(objecttype)')
    return listed
      .split('\n')
      .filter(line => line.startsWith(prefix))
      .map(line => {
        const [name = '', sha = '', type = ''] = line.split(' ')
        return { name, sha, type }
      })
  }

  ref(name: string): Ref | undefined {
    return this.refs(name).find(ref => ref.name === name)
  }

  setRef(name: string, sha: string): void {
    this.git('update-ref', name, sha)
  }

  deleteRef(name: string): void {
    this.git('update-ref', '-d', name)
  }

  /** The commit's SHA for a SHA, branch, tag or full ref; undefined when there is none. */
  resolve(revision: string): string | undefined {
    for (const name of [revision, `refs/heads/${revision}`, `refs/tags/${revision}`]) {
      const sha = this.try('rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`)
      if (sha) return sha
    }
    return undefined
  }

  /** Commits that `range` (a SHA or `a..b`) reaches, newest first, `path` narrowing them. */
  log(range: string, path?: string): Commit[] {
    const paths = path ? ['--', path] : []
    const listed = this.git('log', '-z', `--format=${FORMAT}`, range, ...paths)
    return listed.split('\0').filter(Boolean).map(asCommit)
  }

  commit(sha: string): Commit | undefined {
    const shown = this.try('log', '-1', '-z', `--format=${FORMAT}`, sha)
    return shown ? asCommit(shown.replace(/\0$/, '')) : undefined
  }

  blob(sha: string): Buffer {
    return gitBytes(this.folder, ['cat-file', 'blob', sha])
  }

  mergeBase(one: string, other: string): string | undefined {
    return this.try('merge-base', one, other)
  }

  isAncestor(old: string, young: string): boolean {
    return this.try('merge-base', '--is-ancestor', old, young) !== undefined
  }
}

function asCommit(record: string): Commit {
  const [sha = '', tree = '', parents = '', ...rest] = record.split('\x1f')
  const [
    authorName = '',
    authorEmail = '',
    authored = '',
    name = '',
    email = '',
    committed = '',
    message = '',
  ] = rest
  return {
    sha,
    tree,
    parents: parents.split(' ').filter(Boolean),
    author: { name: authorName, email: authorEmail, date: utc(authored) },
    committer: { name, email, date: utc(committed) },
    message: message.trimEnd(),
  }
}

function utc(date: string): string {
  return new Date(date).toISOString().replace('.000Z', 'Z')
}
