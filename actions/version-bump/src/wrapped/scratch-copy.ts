import { constants } from 'node:fs'
import { copyFile, lstat, mkdir, readlink, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Git, gitAt, lastLines, UserError } from '@tokenledger/kit'
import { runProgram } from './run-program.ts'

/** What tells whether a file was written to: nothing that writes can set the time of change back. */
export interface Stamp {
  readonly kind: 'file' | 'link'
  readonly isExecutable: boolean
  readonly identity: string
}

export interface ScratchCopy {
  /** Absolute path of the copy. */
  readonly tree: string
  /** The files that were copied, by their path from the root. */
  readonly files: ReadonlyMap<string, Stamp>
}

/** At once; more only fill the memory. */
const COPIES = 32
const SUBMODULE = '160000'

/**
 * Copies what git tracks in the checkout at `root` into a repository of its own at `tree`: the files as they are there, so with
 * the line ends and large files of this checkout, at the same commit and branch and with its tags, and without its remotes and
 * credentials. Objects are read from the checkout; nothing is written into it.
 */
export async function copyCheckout(root: string, tree: string, signal: AbortSignal): Promise<ScratchCopy> {
  const git = gitAt(root)
  const tracked = await git.read('ls-files', '--stage', '-z')
  if (tracked === undefined) {
    throw new UserError(`There is no checkout of git in ${root}. Run actions/checkout before this step.`)
  }
  await mkdir(tree, { recursive: true })
  await makeRepository(git, tree, signal)
  const entries = tracked.split('\0').filter(Boolean).map(entryOf)
  const files = new Map<string, Stamp>()
  const wanted = entries.filter(({ mode }) => mode !== SUBMODULE)
  for (let at = 0; at < wanted.length; at += COPIES) {
    signal.throwIfAborted()
    await Promise.all(
      wanted.slice(at, at + COPIES).map(async ({ path }) => {
        const stamp = await copyEntry(join(root, path), join(tree, path))
        if (stamp) files.set(path, stamp)
      }),
    )
  }
  return { tree, files }
}

/** `100644 <object> 0<tab>path` */
function entryOf(line: string): { mode: string; path: string } {
  return { mode: line.slice(0, 6), path: line.slice(line.indexOf('\t') + 1) }
}

/** A file that is not there (sparse checkout) has no copy. */
async function copyEntry(from: string, to: string): Promise<Stamp | undefined> {
  await mkdir(dirname(to), { recursive: true })
  try {
    // Git writes a link as a file where there are none (core.symlinks).
    if ((await lstat(from)).isSymbolicLink()) await symlink(await readlink(from), to)
    else await copyFile(from, to, constants.COPYFILE_FICLONE)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return undefined
  }
  return stampOf(to)
}

/** Undefined for what is neither file nor link, and for what is not there. */
export async function stampOf(path: string): Promise<Stamp | undefined> {
  const found = await lstat(path, { bigint: true }).catch(() => undefined)
  if (!found?.isFile() && !found?.isSymbolicLink()) return undefined
  return {
    kind: found.isFile() ? 'file' : 'link',
    isExecutable: (found.mode & 0o100n) !== 0n,
    identity: [found.ino, found.size, found.ctimeNs].join(' '),
  }
}

async function makeRepository(git: Git, tree: string, signal: AbortSignal): Promise<void> {
  const facts = await git.read(
    ...['rev-parse', '--path-format=absolute', '--git-path', 'objects', '--git-path', 'shallow'],
    ...['--show-object-format', 'HEAD'],
  )
  if (facts === undefined) throw new UserError('BUMP_ENGINE: the checkout has no commit')
  const [objects = '', shallow = '', format = '', head = ''] = facts.trimEnd().split('\n')
  const branch = (await git.read('symbolic-ref', '--quiet', 'HEAD'))?.trimEnd()
  const tags = (await git.read('for-each-ref', '--format=create %(refname) %(objectname)', 'refs/tags')) ?? ''
  const run = (args: readonly string[], input?: string) => gitInScratch(tree, args, signal, input)
  await run(['init', '--quiet', '--template=', `--object-format=${format}`])
  await mkdir(join(tree, '.git', 'objects', 'info'), { recursive: true })
  await writeFile(join(tree, '.git', 'objects', 'info', 'alternates'), `${objects}\n`)
  await copyFile(shallow, join(tree, '.git', 'shallow')).catch(() => undefined)
  if (branch) await run(['symbolic-ref', 'HEAD', branch])
  else await run(['update-ref', '--no-deref', 'HEAD', head])
  await run(['update-ref', '--stdin'], `${tags}${branch ? `create ${branch} ${head}\n` : ''}`)
  await run(['read-tree', 'HEAD'])
}

async function gitInScratch(
  cwd: string,
  args: readonly string[],
  signal: AbortSignal,
  input = '',
): Promise<void> {
  // Variables of an outer git would lead it to another repository.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name, value]) => value !== undefined && !name.startsWith('GIT_')),
  ) as Record<string, string>
  const { exitCode, stderr } = await runProgram('git', args, { cwd, env, signal, input })
  if (exitCode === 0) return
  throw new UserError(
    `BUMP_ENGINE: no copy of the checkout could be made for bump-my-version: git ${args[0]}: ${lastLines(stderr, 3)}`,
  )
}
