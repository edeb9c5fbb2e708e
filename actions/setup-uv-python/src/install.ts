import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { annotate, endGroup, exec, lastLines, startGroup, UserError } from '@tokenledger/kit'
import type { InstallPlan, UnlockedPlan } from './install-plan.ts'
import { installError, STALE_LOCK_WARNING, staleLockError, syncOutcome } from './lock-state.ts'

export interface InstallContext {
  readonly uv: string
  readonly python: string
  readonly workingDirectory: string
  /** Absolute. */
  readonly venv: string
  /** True when the environment came out of the cache and is to be completed, not made anew. */
  readonly venvRestored: boolean
  /** uv.lock relative to the workspace, for the annotation. */
  readonly lockFile: string | undefined
  readonly env: Readonly<Record<string, string>>
}

type Plan = Exclude<InstallPlan, { kind: 'none' }>

/** Carries out a plan; what uv prints goes to a group of the log. A failure is a UserError with the end of uv's words. */
export async function install(plan: Plan, context: InstallContext): Promise<void> {
  if (plan.kind === 'unlocked') return installUnlocked(plan, context)
  const outcome = syncOutcome(await runUv([...plan.arguments, '--python', context.python], context))
  if (outcome.kind === 'installed') return
  if (outcome.kind === 'failed') throw new UserError(installError('uv sync', outcome))
  if (plan.whenStale === 'error') throw new UserError(staleLockError(outcome))
  annotate([
    {
      level: 'warning',
      message: STALE_LOCK_WARNING,
      ...(context.lockFile ? { file: context.lockFile } : {}),
    },
  ])
  return installUnlocked(plan.whenStale, context)
}

async function installUnlocked(plan: UnlockedPlan, context: InstallContext): Promise<void> {
  if (!context.venvRestored) {
    // `--clear` is unknown to old versions of uv, which clear without being asked.
    if (existsSync(join(context.venv, 'pyvenv.cfg'))) rmSync(context.venv, { recursive: true })
    await required('uv venv', ['venv', '--no-project', '--python', context.python, context.venv], context)
  }
  await required('uv pip install', [...plan.arguments, '--python', context.venv], context)
}

async function required(
  command: string,
  uvArguments: readonly string[],
  context: InstallContext,
): Promise<void> {
  const { exitCode, stderr } = await runUv(uvArguments, context)
  if (exitCode !== 0) throw new UserError(installError(command, { exitCode, said: lastLines(stderr, 20) }))
}

async function runUv(uvArguments: readonly string[], { uv, workingDirectory, env }: InstallContext) {
  startGroup(`uv ${uvArguments.join(' ')}`)
  try {
    return await exec(uv, uvArguments, { cwd: workingDirectory, env, show: 'live' })
  } finally {
    endGroup()
  }
}

/** How many distributions an environment holds. */
export function countPackages(sitePackages: string): number {
  try {
    return readdirSync(sitePackages).filter(name => name.endsWith('.dist-info')).length
  } catch {
    return 0
  }
}
