import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import {
  annotationsOf,
  type PrintedAnnotation,
  parseCommandFile,
  workflowCommands,
} from './run-bundle/commands.ts'
import { commandFile, jobEnvironment } from './run-bundle/environment.ts'
import { inputVariables } from './run-bundle/inputs.ts'
import { removeDir, tempDir } from './temp-dir.ts'

export interface RunBundleOptions {
  readonly inputs?: Readonly<Record<string, string>>
  /** Added to the environment of a clean job; see `jobEnvironment`. */
  readonly env?: Readonly<Record<string, string>>
  /** GITHUB_WORKSPACE (default: an empty temporary directory). */
  readonly workspace?: string
  /** Where the action starts (default: the workspace). */
  readonly cwd?: string
  /** RUNNER_TOOL_CACHE (default: an empty temporary directory). */
  readonly toolCache?: string
  /** Cancels the run as GitHub does: SIGINT, and SIGKILL 7.5 s later. */
  readonly signal?: AbortSignal
  /** Ends the run at once, as a machine that goes away does. */
  readonly kill?: AbortSignal
  /** The repository whose `actions/` and `dist/` are meant (default: this one). */
  readonly root?: string
}

export interface BundleRun {
  /** 128 + the signal's number for a run that a signal ended. */
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
  readonly outputs: Readonly<Record<string, string>>
  readonly env: Readonly<Record<string, string>>
  /** Directories that were added to PATH, in order. */
  readonly path: readonly string[]
  readonly state: Readonly<Record<string, string>>
  readonly summary: string
  readonly annotations: readonly PrintedAnnotation[]
  /** Values that the action asked the runner to mask. */
  readonly masks: readonly string[]
  /** Wall time of the whole process. */
  readonly ms: number
}

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const KILL_AFTER_MS = 7500

/** Runs the built `dist/<action>/index.js` as GitHub's runner does, and reads back all that it left for the runner. */
export async function runBundle(action: string, options: RunBundleOptions = {}): Promise<BundleRun> {
  const scratch = tempDir('run-bundle-')
  try {
    return await run(action, scratch, options)
  } finally {
    removeDir(scratch)
  }
}

async function run(action: string, scratch: string, options: RunBundleOptions): Promise<BundleRun> {
  const { root = ROOT, workspace = join(scratch, 'workspace'), toolCache = join(scratch, 'tools') } = options
  for (const folder of [workspace, toolCache]) mkdirSync(folder, { recursive: true })
  const job = { ...jobEnvironment({ workspace, toolCache, scratch }), ...options.env }
  const contexts = {
    'github.token': job.GITHUB_TOKEN ?? 'runner-token',
    'github.workspace': workspace,
    'job.check_run_id': '1',
  }
  const actionYml = join(root, 'actions', action, 'action.yml')
  const env = { ...job, ...inputVariables(actionYml, options.inputs ?? {}, contexts) }

  const bundle = join(root, 'dist', action, 'index.js')
  const { cwd = workspace, signal, kill } = options
  const ended = await execute(bundle, { cwd, env, signal, kill })
  const commands = workflowCommands(ended.stdout)
  return {
    ...ended,
    outputs: parseCommandFile(commandFile(scratch, 'OUTPUT')),
    env: parseCommandFile(commandFile(scratch, 'ENV')),
    path: commandFile(scratch, 'PATH').split(/\r?\n/).filter(Boolean),
    state: parseCommandFile(commandFile(scratch, 'STATE')),
    summary: commandFile(scratch, 'STEP_SUMMARY'),
    annotations: annotationsOf(commands),
    masks: commands.filter(({ command }) => command === 'add-mask').map(({ message }) => message),
  }
}

interface Execution {
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  readonly signal: AbortSignal | undefined
  readonly kill: AbortSignal | undefined
}

async function execute(
  bundle: string,
  { cwd, env, signal, kill }: Execution,
): Promise<Pick<BundleRun, 'exitCode' | 'stdout' | 'stderr' | 'ms'>> {
  const started = performance.now()
  // A group of its own, so that cancelling also reaches what the action has started.
  const child = spawn(process.execPath, [bundle], {
    cwd,
    env: { ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const ended = once(child, 'exit')
  const output = Promise.all([text(child.stdout), text(child.stderr)])
  let deadline: NodeJS.Timeout | undefined
  const cancel = () => {
    killGroup(child.pid, 'SIGINT')
    deadline = setTimeout(killGroup, KILL_AFTER_MS, child.pid, 'SIGKILL')
  }
  const end = () => killGroup(child.pid, 'SIGKILL')
  if (signal?.aborted) cancel()
  kill?.addEventListener('abort', end, { once: true })
  signal?.addEventListener('abort', cancel, { once: true })
  try {
    const [code, by] = (await ended) as [number | null, NodeJS.Signals | null]
    const ms = performance.now() - started
    // What an action leaves running goes with its job; it would also hold the output open.
    killGroup(child.pid, 'SIGKILL')
    const [stdout, stderr] = await output
    return { exitCode: code ?? 128 + (by ? constants.signals[by] : 0), stdout, stderr, ms }
  } finally {
    clearTimeout(deadline)
    signal?.removeEventListener('abort', cancel)
    kill?.removeEventListener('abort', end)
  }
}

function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  try {
    if (pid) process.kill(-pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
