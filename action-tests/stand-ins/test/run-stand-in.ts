import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { tempDir } from '@tokenledger/testkit'
import {
  annotationsOf,
  parseCommandFile,
  workflowCommands,
} from '../../../packages/testkit/src/run-bundle/commands.ts'
import { commandFile, jobEnvironment } from '../../../packages/testkit/src/run-bundle/environment.ts'
import { inputVariables } from '../../../packages/testkit/src/run-bundle/inputs.ts'

export const STAND_INS = fileURLToPath(new URL('..', import.meta.url))

export interface StandInOptions {
  readonly inputs?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  readonly workspace?: string
  /** File of the action to run (default index.mjs, its main). */
  readonly entry?: string
}

/** Runs a stand-in as a step of a job in acme/consumer, with the defaults of its action.yml filled in. */
export async function runStandIn(action: string, options: StandInOptions = {}) {
  const scratch = tempDir('stand-in-')
  const workspace = options.workspace ?? join(scratch, 'workspace')
  mkdirSync(workspace, { recursive: true })
  const job = { ...jobEnvironment({ workspace, toolCache: scratch, scratch }), ...options.env }
  const contexts = {
    'github.token': 'runner-token',
    'github.repository': 'acme/consumer',
    'github.run_id': '1',
  }
  const inputs = inputVariables(join(STAND_INS, action, 'action.yml'), options.inputs ?? {}, contexts)
  const child = spawn(process.execPath, [join(STAND_INS, action, options.entry ?? 'index.mjs')], {
    cwd: workspace,
    env: { ...job, ...inputs },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ])
  const commands = workflowCommands(stdout)
  return {
    exitCode: exitCode as number,
    log: stdout + stderr,
    outputs: parseCommandFile(commandFile(scratch, 'OUTPUT')),
    state: parseCommandFile(commandFile(scratch, 'STATE')),
    annotations: annotationsOf(commands).map(({ level, message }) => `${level}: ${message}`),
    masks: commands.filter(({ command }) => command === 'add-mask').map(({ message }) => message),
    workspace,
  }
}
