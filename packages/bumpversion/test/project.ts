import {
  type BumpConfig,
  type BumpContext,
  type BumpedVersion,
  type BumpRequest,
  bumpedVersion,
  type EditPlan,
  planEdits,
  readBumpConfig,
} from '../src/index.ts'

export type Files = Readonly<Record<string, string>>

export const CONTEXT: BumpContext = { now: new Date(2026, 1, 3, 4, 5, 6, 789), env: {} }

export interface Bump {
  readonly config: BumpConfig
  readonly bumped: BumpedVersion
  readonly plan: EditPlan
  /** All files as they are after the edits. */
  readonly after: Files
}

/** Reads the configuration in `files`, bumps, plans, and applies the edits in memory. */
export function bump(files: Files, request: BumpRequest | string, context: BumpContext = CONTEXT): Bump {
  const read = (path: string): string | undefined => files[path]
  const config = readBumpConfig(read, { env: context.env })
  if (!config) throw new Error('no configuration in the files of this test')
  const bumped = bumpedVersion(config, typeof request === 'string' ? { part: request } : request, context)
  const plan = planEdits(config, bumped, { list: () => Object.keys(files), read })
  const edited = Object.fromEntries(plan.edits.map(edit => [edit.path, edit.after]))
  return { config, bumped, plan, after: { ...files, ...edited } }
}

/** The message of what `act` throws; an error of the test when it throws nothing. */
export function failureOf(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    if (error instanceof Error) return error.message
    throw error
  }
  throw new Error('nothing was thrown')
}

/** A pyproject.toml with this `[tool.bumpversion]`. */
export function pyproject(body: string): string {
  return `[project]\nname = "x"\ndynamic = ["version"]\n\n[tool.bumpversion]\n${body}\n`
}
