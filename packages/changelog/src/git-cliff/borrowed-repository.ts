import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Git } from '@tokenledger/kit'
import { HistoryError } from '../history/history-error.ts'

/** A tag by its name and the commit that it leads to. */
export interface TagAt {
  readonly tag: string
  readonly commit: string
}

export interface Borrowed {
  /** Folder with a `.git`. */
  readonly path: string
  /** What HEAD of the checkout is. */
  readonly head: string
  remove(): Promise<void>
}

/** Files at the top of a checkout by which git-cliff leaves commits out. */
const LEFT_OUT = ['.cliffignore', '.git-blame-ignore-revs']

/**
 * A repository for git-cliff that reads the objects of the checkout at `root` and has just the two tags of a release. So the
 * tag of it need not be in the clone, no tag in between cuts the notes in two, a checkout that belongs to another account can
 * be read (libgit2 looks at safe.directory too), and the cache that git-cliff keeps in `.git` is not left in the user's.
 * The caller removes it. A UserError when there is no repository with a commit.
 */
export async function borrowRepository(
  git: Git,
  {
    root,
    tag,
    previous,
  }: { readonly root: string; readonly tag: string; readonly previous?: TagAt | undefined },
): Promise<Borrowed> {
  const tags = [tag, ...(previous ? [previous.tag] : [])]
  const [places, local] = await Promise.all([
    git.read('rev-parse', '--git-path', 'objects', '--git-path', 'shallow', 'HEAD^{commit}'),
    git.read('for-each-ref', '--format=%(refname:strip=2) %(objectname) %(*objectname)', ...tags.map(nameOf)),
  ])
  const [objects, shallow, head] = places?.split('\n') ?? []
  if (!objects || !shallow || !head) throw new HistoryError('there is no git repository with a commit')
  const path = await mkdtemp(join(process.env.RUNNER_TEMP || tmpdir(), 'git-cliff-'))
  const refs = packedRefs([{ tag, commit: head }, ...(previous ? [previous] : [])], local ?? '')
  const files = {
    HEAD: 'ref: refs/heads/release\n',
    config: '[core]\n\trepositoryformatversion = 0\n\tbare = false\n',
    'packed-refs': `${refs}${head} refs/heads/release\n`,
    'objects/info/alternates': `${resolve(root, objects)}\n`,
  }
  for (const folder of ['refs', 'objects/info']) await mkdir(join(path, '.git', folder), { recursive: true })
  await Promise.all([
    ...Object.entries(files).map(([name, text]) => writeFile(join(path, '.git', name), text)),
    copyIfThere(resolve(root, shallow), join(path, '.git', 'shallow')),
    ...LEFT_OUT.map(name => copyIfThere(join(root, name), join(path, name))),
  ])
  return { path, head, remove: () => rm(path, { recursive: true, force: true }) }
}

const nameOf = (tag: string) => `refs/tags/${tag}`

/** An annotated tag stays one where the clone has it, for a template that shows its message. */
function packedRefs(tags: readonly TagAt[], local: string): string {
  const annotated = local.split('\n').flatMap(line => {
    const [, name, object, commit] = /^(.+) (\w+) (\w+)$/.exec(line) ?? []
    return name && object && commit ? [{ name, object, commit }] : []
  })
  return tags
    .map(({ tag, commit }) => {
      const found = annotated.find(({ name, commit: of }) => name === tag && of === commit)
      return `${found?.object ?? commit} ${nameOf(tag)}\n`
    })
    .join('')
}

async function copyIfThere(from: string, to: string): Promise<void> {
  await copyFile(from, to).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
}
