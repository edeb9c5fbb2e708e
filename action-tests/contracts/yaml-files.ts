import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'

/** The parts of GitHub's YAML that the contract rules look at; what a rule does not need is left out. */
export interface Step {
  readonly id?: string
  readonly name?: string
  readonly if?: string
  readonly uses?: string
  readonly run?: string
  readonly shell?: string
  readonly with?: Readonly<Record<string, unknown>>
  readonly env?: Readonly<Record<string, unknown>>
}

export interface Job {
  readonly name?: string
  readonly uses?: string
  readonly with?: Readonly<Record<string, unknown>>
  readonly if?: string
  readonly needs?: string | readonly string[]
  readonly permissions?: Readonly<Record<string, string>>
  readonly outputs?: Readonly<Record<string, string>>
  readonly concurrency?: unknown
  readonly steps?: readonly Step[]
  readonly 'timeout-minutes'?: number | string
}

export interface Parameter {
  readonly description?: string
  readonly required?: boolean
  readonly default?: unknown
  readonly type?: string
  readonly value?: string
}
export type Parameters = Readonly<Record<string, Parameter>>

export interface Workflow {
  readonly on: Readonly<Record<string, { inputs?: Parameters; outputs?: Parameters } | null>>
  readonly permissions?: unknown
  readonly concurrency?: unknown
  readonly jobs: Readonly<Record<string, Job>>
}

export interface Action {
  readonly description: string
  readonly inputs?: Parameters
  readonly outputs?: Parameters
  readonly runs: { readonly using: string; readonly steps?: readonly Step[] }
}

/** A parsed file with its text, which alone still has the comments. `path` is relative to the root. */
export interface YamlFile<Content> {
  readonly path: string
  readonly text: string
  readonly content: Content
}

export const root = fileURLToPath(new URL('../..', import.meta.url))

export function readYaml<Content>(path: string): YamlFile<Content> {
  const text = readFileSync(join(root, path), 'utf8')
  return { path, text, content: parse(text) }
}

/** Our own workflows, the public and the internal ones. */
export function workflows(): YamlFile<Workflow>[] {
  return readdirSync(join(root, '.github/workflows')).map(file => readYaml(`.github/workflows/${file}`))
}

/** All actions, JavaScript and composite: the folders that hold a contract. */
export function actions(): YamlFile<Action>[] {
  return readdirSync(join(root, 'actions'), { withFileTypes: true })
    .filter(entry => entry.isDirectory() && existsSync(join(root, 'actions', entry.name, 'action.yml')))
    .map(entry => readYaml(`actions/${entry.name}/action.yml`))
}
