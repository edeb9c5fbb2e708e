import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { tempDir } from '@tokenledger/testkit'
import { type Action, readYaml, root, type Step } from './yaml-files.ts'

export interface StepRun {
  readonly status: number
  /** stdout and stderr together, as a log shows them. */
  readonly log: string
  readonly summary: string
  readonly outputs: Readonly<Record<string, string>>
}

/** GitHub's expression syntax around `text`. */
export const expression = (text: string): string => `\${{ ${text} }}`

type Environment = Readonly<Record<string, string>>

/** Runs a `run` step as the runner does: its own shell, command files, and values by `env` alone. */
export async function runStep(step: Step, values: Environment, folder = tempDir('step-')): Promise<StepRun> {
  const files = tempDir('command-files-')
  const commandFiles = { GITHUB_OUTPUT: join(files, 'output'), GITHUB_STEP_SUMMARY: join(files, 'summary') }
  const [program, ...options] =
    step.shell === 'python3 {0}' ? ['python3', '-c'] : ['bash', '-eo', 'pipefail', '-c']
  const environment = { ...process.env, GITHUB_WORKSPACE: folder, ...commandFiles, ...values }
  const child = spawn(program as string, [...options, step.run ?? ''], { cwd: folder, env: environment })
  let log = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', text => {
      log += text
    })
  const status = await new Promise<number>((resolve, reject) =>
    child.once('error', reject).once('close', code => resolve(code ?? 1)),
  )
  return {
    status,
    log,
    summary: read(commandFiles.GITHUB_STEP_SUMMARY),
    outputs: readOutputs(read(commandFiles.GITHUB_OUTPUT)),
  }
}

/**
 * Runs a script step of a composite action with its declared defaults, `given` inputs over them, and `environment` on
 * top. Only `${{ inputs.x }}` is known here; a step that takes anything else is an error.
 */
export function runComposite(
  name: string,
  given: Environment,
  folder: string,
  environment: Environment = {},
  id?: string,
): Promise<StepRun> {
  const { content } = readYaml<Action>(`actions/${name}/action.yml`)
  const inputs: Record<string, string> = Object.fromEntries(
    Object.entries(content.inputs ?? {}).map(([input, { default: value }]) => [input, String(value ?? '')]),
  )
  for (const [input, value] of Object.entries(given)) {
    if (!(input in inputs)) throw new Error(`${name} has no input ${input}`)
    inputs[input] = value
  }
  const step = content.runs.steps?.find(one => one.run && (id === undefined || one.id === id))
  if (!step) throw new Error(`${name} has no step ${id ?? 'with a script'}`)
  const values = Object.entries(step.env ?? {}).map(([key, value]) => [key, evaluate(String(value), inputs)])
  const path = join(root, 'actions', name)
  return runStep(step, { GITHUB_ACTION_PATH: path, ...Object.fromEntries(values), ...environment }, folder)
}

function evaluate(text: string, inputs: Environment): string {
  return text.replace(/\$\{\{ (\S+) \}\}/g, (_, expression: string) => {
    const value = inputs[expression.replace(/^inputs\./, '')]
    if (value === undefined) throw new Error(`cannot evaluate ${expression} here`)
    return value
  })
}

function read(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}

function readOutputs(text: string): Record<string, string> {
  const found = [...text.matchAll(/^(?:([\w-]+)<<(\S+)\n([\s\S]*?)\n\2|([\w-]+)=(.*))$/gm)]
  return Object.fromEntries(
    found.map(([, long, , value, short, line]) => [long ?? short ?? '', value ?? line ?? '']),
  )
}
