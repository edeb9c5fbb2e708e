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

export interface TagObject {
  readonly name: string
  readonly message: string
  readonly object: string
  readonly type: string
  readonly tagger: Identity
}

/** One commit on top of a branch's head. */
export interface NewCommit {
  /** Full name of the ref, which has to be at `parent`. */
  readonly ref: string
  readonly parent: string
  readonly message: string
  readonly author: Identity
  readonly committer: Identity
  readonly additions: readonly { readonly path: string; readonly content: Buffer }[]
  readonly deletions: readonly string[]
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

  /** What git prints; its message is thrown when it fails. */
  run(...args: readonly string[]): string {
    return this.git(...args)
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

  /** Makes a commit and moves the branch to it. Added files are plain ones, whatever they were before. */
  newCommit({ ref, parent, message, author, committer, additions, deletions }: NewCommit): string {
    const lines: (string | Buffer)[] = [
      `commit ${ref}\n`,
      `author ${signature(author)}\ncommitter ${signature(committer)}\n`,
      ...data(Buffer.from(message)),
      `from ${parent}\n`,
      ...deletions.map(path => `D ${path}\n`),
      ...additions.flatMap(({ path, content }) => [`M 100644 inline ${path}\n`, ...data(content)]),
    ]
    const stream = Buffer.concat(lines.map(line => Buffer.from(line)))
    gitBytes(this.folder, ['fast-import', '--quiet', '--date-format=raw'], stream)
    return this.git('rev-parse', ref)
  }

  /** Makes a tag object; no ref points to it yet. */
  newTag({ name, message, object, type, tagger }: TagObject): string {
    const text = `object ${object}\ntype ${type}\ntag ${name}\ntagger ${signature(tagger)}\n\n${message}\n`
    return gitBytes(this.folder, ['mktag'], text).toString('utf8').trim()
  }

  tag(sha: string): TagObject {
    const [head = '', ...message] = this.git('cat-file', 'tag', sha).split('\n\n')
    const field = (name: string) => new RegExp(`^${name} (.*)$`, 'm').exec(head)?.[1] ?? ''
    const [, name = '', email = '', time = ''] = /^(.*) <(.*)> (\d+)/.exec(field('tagger')) ?? []
    return {
      name: field('tag'),
      message: message.join('\n\n'),
      object: field('object'),
      type: field('type'),
      tagger: { name, email, date: utc(new Date(Number(time) * 1000).toISOString()) },
    }
  }

  mergeBase(one: string, other: string): string | undefined {
    return this.try('merge-base', one, other)
  }

  isAncestor(old: string, young: string): boolean {
    return this.try('merge-base', '--is-ancestor', old, young) !== undefined
  }
}

/** `name <email> 1700000000 +0000` */
function signature({ name, email, date }: Identity): string {
  return `${name} <${email}> ${Math.floor(Date.parse(date) / 1000)} +0000`
}

/** A block of fast-import's stream. */
function data(content: Buffer): (string | Buffer)[] {
  return [`data ${content.length}\n`, content, '\n']
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
