import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type GitRepo, tempDir } from '@tokenledger/testkit'
import { pathWithUv } from '../../../../action-tests/contracts/uv.ts'
import { environmentOfInstall } from '../../src/wrapped/child-environment.ts'
import { installTool } from '../../src/wrapped/install-tool.ts'
import { bumpWith, type WrappedBump, type WrappedRequest } from '../../src/wrapped/wrapped-bump.ts'

/** The uv of the tests. */
export const UV = join(pathWithUv().split(delimiter)[0] ?? '', 'uv')

/** A configuration of the tool with these lines of its table, at version 1.2.3, that changes these files. */
export function configuration(lines: readonly string[], ...filenames: readonly string[]): string {
  const files = filenames.map(name => `[[tool.bumpversion.files]]\nfilename = ${JSON.stringify(name)}\n`)
  return ['[tool.bumpversion]', 'current_version = "1.2.3"', ...lines, ...files, ''].join('\n')
}

/** What is asked for unless a test says otherwise: the next patch version. */
export function requestOf({ path }: GitRepo, wishes: Partial<WrappedRequest> = {}): WrappedRequest {
  return {
    root: path,
    folder: '',
    configFile: '',
    part: wishes.newVersion ? undefined : 'patch',
    newVersion: undefined,
    allowHooks: false,
    uv: UV,
    say: () => undefined,
    ...wishes,
  }
}

const { signal } = new AbortController()
let python: Promise<string> | undefined

/** Bumps a repository with a tool that is installed once for the test file. */
export async function bump(repo: GitRepo, wishes: Partial<WrappedRequest> = {}): Promise<WrappedBump> {
  python ??= installTool(tempDir(), { uv: UV, env: environmentOfInstall(process.env), signal })
  return bumpWith(await python, tempDir(), requestOf(repo, wishes), signal)
}

/** What each changed file holds afterwards. */
export function changes({ edits }: WrappedBump): Record<string, string> {
  return Object.fromEntries(edits.map(({ path, after }) => [path, after]))
}

/** A digest of everything below a folder, `.git` too. */
export function digestOf(folder: string): string {
  const hash = createHash('sha256')
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }).sort(byPlace)) {
    const path = join(entry.parentPath, entry.name)
    hash.update(`${path}\0`)
    if (entry.isFile()) hash.update(readFileSync(path))
    if (entry.isSymbolicLink()) hash.update(readlinkSync(path))
  }
  return hash.digest('hex')
}

function byPlace(a: { parentPath: string; name: string }, b: { parentPath: string; name: string }): number {
  return join(a.parentPath, a.name) < join(b.parentPath, b.name) ? -1 : 1
}
