import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Git, gitIn } from './git.ts'
import { tempDir } from './temp-dir.ts'

/** Content by path relative to a directory, with forward slashes. */
export type Files = Readonly<Record<string, string | Buffer>>

/** Writes files below `folder`, creating the directories that they need. */
export function writeFiles(folder: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    const target = join(folder, path)
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, content)
  }
}

export interface GitRepo {
  readonly path: string
  readonly git: Git
  /** Writes files, commits everything and returns the commit's SHA. */
  commit(files: Files, message?: string): string
}

/** A git repository on branch `main` in a new temporary directory, with `files` as its first commit. */
export function gitRepo(files: Files = { 'README.md': '# example\n' }): GitRepo {
  const path = tempDir('repository-')
  const git = gitIn(path)
  const commit = (changed: Files, message = 'change') => {
    writeFiles(path, changed)
    git('add', '--all')
    git('commit', '--quiet', '--allow-empty', '--message', message)
    return git('rev-parse', 'HEAD')
  }
  git('init', '--quiet', '--initial-branch', 'main')
  commit(files, 'first')
  return { path, git, commit }
}

/** A bare clone of a repository, as a server would hold it. */
export function bareClone({ path, git }: GitRepo): string {
  const bare = tempDir('bare-')
  git('clone', '--quiet', '--bare', path, bare)
  return bare
}
