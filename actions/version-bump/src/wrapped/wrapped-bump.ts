import { mkdir, mkdtemp, readFile, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UserError } from '@tokenledger/kit'
import { cancellable } from './cancellable.ts'
import { environmentOfInstall, environmentOfTool } from './child-environment.ts'
import { DRIVER } from './driver.ts'
import { installTool } from './install-tool.ts'
import { runProgram } from './run-program.ts'
import { copyCheckout } from './scratch-copy.ts'
import { type TakenEdit, takenEdits } from './taken-edits.ts'

export interface WrappedRequest {
  /** Absolute path of the checkout. */
  readonly root: string
  /** Of the package, from the root with forward slashes; '' for the root itself. */
  readonly folder: string
  /** From the folder; '' for the tool's own search. */
  readonly configFile: string
  readonly part: string | undefined
  readonly newVersion: string | undefined
  readonly allowHooks: boolean
  /** Name or path of uv. */
  readonly uv: string
  say(line: string): void
}

export interface WrappedBump {
  readonly current: string
  readonly next: string
  readonly edits: readonly TakenEdit[]
  /** Commands of the configuration's hooks, in the order of their turns; run only when that was allowed. */
  readonly hooks: readonly string[]
}

/** What the driver writes; without `failure` all is there. */
interface Report {
  readonly failure?: string
  readonly current?: string
  readonly next?: string
  readonly hooks: readonly string[]
}

/**
 * Has the real bump-my-version, hash-locked and in an environment of its own, bump a copy of the checkout, and returns what it
 * changed there. The checkout is left as it is, whatever happens, and the copy is gone afterwards. A UserError when the tool
 * cannot be had, fails, or changes what is no text; also when SIGINT or SIGTERM cancels it.
 */
export function wrappedBump(request: WrappedRequest): Promise<WrappedBump> {
  return cancellable(async signal => {
    const parent = process.env.RUNNER_TEMP || tmpdir()
    const scratch = await realpath(await mkdtemp(join(parent, 'bump-my-version-')))
    try {
      const { uv } = request
      const python = await installTool(scratch, { uv, env: environmentOfInstall(process.env), signal })
      return await bumpWith(python, scratch, request, signal)
    } finally {
      await rm(scratch, { recursive: true, force: true, maxRetries: 3 })
    }
  })
}

/** The same with a Python that has the tool, in an empty folder `scratch`. */
export async function bumpWith(
  python: string,
  scratch: string,
  request: WrappedRequest,
  signal: AbortSignal,
): Promise<WrappedBump> {
  const { root, allowHooks, say } = request
  const copy = await copyCheckout(root, join(scratch, 'tree'), signal)
  const { current, next, hooks } = await runTool(python, scratch, request, signal)
  for (const hook of hooks) say(`${allowHooks ? 'Hook was run' : 'Hook was not run'}: ${hook}`)
  return { current, next, edits: await takenEdits(root, copy), hooks }
}

async function runTool(
  python: string,
  scratch: string,
  request: WrappedRequest,
  signal: AbortSignal,
): Promise<Omit<WrappedBump, 'edits'>> {
  const tree = join(scratch, 'tree')
  const reportPath = join(scratch, 'report.json')
  const temporary = join(scratch, 'temporary')
  await mkdir(temporary)
  await mkdir(join(tree, request.folder), { recursive: true })
  const args = [reportPath, tree, request.allowHooks ? 'hooks' : 'no-hooks', ...argumentsOf(request)]
  // Isolated, so that a bumpversion.py in the project is not taken for the tool.
  const { stdout, stderr } = await runProgram(python, ['-I', '-X', 'utf8', '-c', DRIVER, ...args], {
    cwd: join(tree, request.folder),
    env: environmentOfTool(process.env, request.allowHooks, temporary),
    signal,
  })
  const printed = wordsOf(stdout + stderr)
  const { failure, current, next, hooks } = await readReport(reportPath)
  if (failure === undefined && current !== undefined && next !== undefined) {
    for (const line of printed) request.say(line)
    return { current, next, hooks }
  }
  const words = [...(failure ? [failure.trim()] : []), ...printed.slice(-10)].join('\n')
  throw new UserError(`BUMP_ENGINE: bump-my-version failed, and no file was changed: ${words}`)
}

/** Values stay with their option and the part comes last, so that neither can be taken for an option. */
function argumentsOf({ configFile, part, newVersion }: WrappedRequest): string[] {
  return [
    ...['--allow-dirty', '--no-commit', '--no-tag'],
    ...(configFile ? [`--config-file=${configFile}`] : []),
    ...(newVersion ? [`--new-version=${newVersion}`] : []),
    ...(part ? ['--', part] : []),
  ]
}

/** Without the frames and the padding that the tool draws around its warnings. */
function wordsOf(printed: string): string[] {
  const lines = printed
    .split(/\r?\n/)
    .map(line => line.replaceAll(/^[\s\u2500-\u257f]+|[\s\u2500-\u257f]+$/g, ''))
  return lines.filter(Boolean)
}

/** Without one the tool did not even start, or was ended; what it printed says why. */
async function readReport(path: string): Promise<Report> {
  const text = await readFile(path, 'utf8').catch(() => '{"hooks":[]}')
  return JSON.parse(text) as Report
}
