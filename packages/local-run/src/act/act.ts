import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Event } from '../workflows/workflow.ts'
import { type ActEvent, readActLine } from './events.ts'

export interface ActRun {
  readonly act: string
  /** The checkout's copy. */
  readonly cwd: string
  /** A new folder for act's own files. */
  readonly folder: string
  readonly workflowFile: string
  readonly event: Event
  readonly payload: object
  /** One job of the workflow, with those that it needs; all of them when absent. */
  readonly job: string | undefined
  /** A hosted runner's tool cache, kept between runs. */
  readonly toolCache: string
  readonly labels: readonly string[]
  /** `owner/repository@ref` → folder. */
  readonly repositories: ReadonlyMap<string, string>
  readonly hasCheckoutStandIn: boolean
  readonly processEnvironment: Readonly<Record<string, string>>
  readonly jobEnvironment: Readonly<Record<string, string>>
  readonly token: string
  readonly concurrentJobs: number
}

export interface ActEnd {
  /** What act says outside of jobs when it fails, such as a workflow that it cannot read. */
  readonly complaint: string
}

/** Runs one workflow; `onEvent` gets what happens as it happens. Resolves when act has ended, whatever came out. */
export async function runAct(
  run: ActRun,
  onEvent: (event: ActEvent) => void,
  onStart: (child: ChildProcess) => void,
): Promise<ActEnd> {
  const child = spawn(run.act, await actArguments(run), {
    cwd: run.cwd,
    env: run.processEnvironment,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Ctrl-C in the terminal goes to the whole group; act has to leave the ending to us.
    detached: process.platform !== 'win32',
  })
  onStart(child)
  const complaints: string[] = []
  const reading = [
    readLines(child.stdout, line => {
      const event = readActLine(line)
      if (event) onEvent(event)
    }),
    readLines(child.stderr, line => {
      const complaint = complaintOf(line)
      if (complaint) complaints.push(complaint)
    }),
  ]
  await new Promise<void>((resolve, reject) => child.once('error', reject).once('exit', () => resolve()))
  await Promise.all(reading)
  return { complaint: complaints.slice(-10).join('\n') }
}

async function readLines(stream: NodeJS.ReadableStream, take: (line: string) => void): Promise<void> {
  for await (const line of createInterface({ input: stream })) take(line)
}

/** A line of act's stderr that is worth showing; its debug log and its wish for Docker are not. */
function complaintOf(line: string): string | undefined {
  if (!line.startsWith('{')) return line.trim() || undefined
  const { level, msg } = JSON.parse(line) as { level?: string; msg?: string }
  return level === 'error' || level === 'fatal' ? msg : undefined
}

async function actArguments(run: ActRun): Promise<string[]> {
  const file = (name: string) => join(run.folder, name)
  await mkdir(file('cache'), { recursive: true })
  // act has its tool cache in this folder and takes no other place for it.
  await symlink(run.toolCache, file('cache/tool_cache'), 'junction')
  await writeFile(file('event.json'), JSON.stringify(run.payload))
  await writeFile(file('secrets'), `GITHUB_TOKEN=${run.token}\n`, { mode: 0o600 })
  await writeFile(file('empty'), '')
  const { cwd, workflowFile, event, job } = run
  return [
    event,
    ...['--workflows', join(cwd, '.github', 'workflows', workflowFile)],
    ...(job ? ['--job', job] : []),
    // Only the verbose log says that a job or step was skipped, and why.
    ...['--json', '--verbose'],
    ...['--eventpath', file('event.json'), '--secret-file', file('secrets')],
    // Else act reads .env, .vars and .input of the checkout.
    ...['--env-file', file('empty'), '--var-file', file('empty'), '--input-file', file('empty')],
    ...['--action-cache-path', file('cache'), '--action-offline-mode', '--no-cache-server'],
    ...['--container-daemon-socket', '-', '--rm', '--concurrent-jobs', `${run.concurrentJobs}`],
    ...(run.hasCheckoutStandIn ? ['--no-skip-checkout'] : []),
    ...run.labels.flatMap(label => ['--platform', `${label}=-self-hosted`]),
    ...Object.entries(run.jobEnvironment).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    ...[...run.repositories].flatMap(([name, folder]) => ['--local-repository', `${name}=${folder}`]),
  ]
}
