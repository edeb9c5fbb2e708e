import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { pythonWith } from '../../../migrations/test/alembic/python-environment.ts'
import type { BumpRequest } from '../../src/index.ts'
import type { Files } from '../project.ts'

/** A project and a bump of it, to be done by the real tool and by ours. */
export interface Project {
  readonly files: Files
  readonly request: BumpRequest
  readonly env: Readonly<Record<string, string>>
}

export interface ToolOutcome {
  readonly ok: boolean
  readonly after: Files
  /** What the tool said when it failed. */
  readonly words: string
}

export const TOOL = 'bump-my-version==1.3.0'

/** What the real bump-my-version makes of these projects at this moment, in one process for all. */
export function byRealTool(projects: readonly Project[], now: Date): ToolOutcome[] {
  const jobs = projects.map(({ files, request, env }) => ({
    files,
    env,
    now: now.getTime() / 1000,
    arguments: 'part' in request ? [request.part] : ['--new-version', request.newVersion],
  }))
  return askPython('real_tool.py', jobs)
}

/** Gives JSON to a script beside this file, in an environment with the tool, and reads its JSON answer. */
export function askPython<T>(script: string, question: unknown): T {
  const run = spawnSync(pythonWith(TOOL), [join(import.meta.dirname, script)], {
    input: JSON.stringify(question),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (run.status !== 0) throw new Error(`${script} failed:\n${run.stderr}`)
  return JSON.parse(run.stdout) as T
}
