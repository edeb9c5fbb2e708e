import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Git, gitAt, UserError } from '@tokenledger/kit'
import {
  type Findings,
  type FindingValue,
  type Project,
  planOf,
  readProject,
} from '@tokenledger/python-project/plan'
import { type GitHubRepository, repositoryOfUrl } from './github-repository.ts'

/** The repository that adopts, and all that is decided from. */
export interface Adopter {
  readonly root: string
  readonly project: Project
  readonly findings: Findings
  /** Where `origin` is, when that is on GitHub. */
  readonly remote: GitHubRepository | undefined
  /** What is released from. */
  readonly branch: string
  /** Names of the files in `.github/workflows`. */
  readonly workflows: readonly string[]
  /** A file as it is, with its byte order mark and line ends; undefined when there is none. */
  read(path: string): string | undefined
}

export const WORKFLOWS = '.github/workflows'

/** Reads a repository and starts nothing of it. A UserError for a folder that is not the top of one, or has no project. */
export async function readAdopter(folder: string): Promise<Adopter> {
  if (!existsSync(folder)) throw new UserError(`There is no folder ${folder}.`)
  const root = realpathSync(folder)
  const git = gitAt(root)
  const top = (await git.read('rev-parse', '--show-toplevel'))?.trim()
  if (top && resolve(top) !== root) {
    throw new UserError(
      `${root} is a part of the repository ${top}. GitHub reads workflows at its top only: give that folder.`,
    )
  }
  requireProject(root)
  const project = await readProject(root, root)
  return {
    root,
    project,
    findings: planOf(project),
    remote: repositoryOfUrl((await git.read('remote', 'get-url', 'origin')) ?? ''),
    branch: await releaseBranch(git),
    workflows: namesIn(join(root, WORKFLOWS)),
    read: path => textOf(join(root, path), path),
  }
}

/** A finding that is a list. */
export function listOf(value: FindingValue): readonly string[] {
  return Array.isArray(value) ? value : []
}

function requireProject(root: string): void {
  if (existsSync(join(root, 'pyproject.toml'))) return
  throw new UserError(
    `There is no pyproject.toml in ${root}, and everything is decided by it. Give the folder of a Python project, or add the file.`,
  )
}

async function releaseBranch(git: Git): Promise<string> {
  const head = await git.read('symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD')
  if (head) return head.trim().replace(/^origin\//, '')
  const branches = ((await git.read('branch', '--format=%(refname:short)')) ?? '').split('\n')
  return ['main', 'master'].find(name => branches.includes(name)) ?? 'main'
}

function namesIn(folder: string): string[] {
  return existsSync(folder)
    ? readdirSync(folder)
        .filter(name => /\.ya?ml$/.test(name))
        .sort()
    : []
}

function textOf(file: string, path: string): string | undefined {
  let bytes: Buffer
  try {
    bytes = readFileSync(file)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw new UserError(`${path} cannot be read (${code}). Make it a file that can be, or remove it.`)
  }
  const text = bytes.toString('utf8')
  if (Buffer.from(text).equals(bytes)) return text
  throw new UserError(`${path} is not UTF-8, and would be damaged. Save it as UTF-8.`)
}
