import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '@tokenledger/kit'
import type { OwnContract } from './contract/contract.ts'
import { ownContract } from './contract/own-contract.ts'
import { listFiles } from './list-files.ts'
import { openToml, type TomlFile } from './model/toml-file.ts'
import { type CompositeAction, readAction, readWorkflow, type Workflow } from './model/workflow.ts'
import { openYaml, YamlItem } from './model/yaml-item.ts'

/** What the rules look at: the files of a checkout that decide what its automation does. */
export interface Repository {
  /** Paths relative to the checkout, with forward slashes; what others made (node_modules, dist, …) is left out. */
  readonly files: readonly string[]
  /** Text of a file; undefined where there is none. */
  read(path: string): string | undefined
  readonly workflows: readonly Workflow[]
  readonly actions: readonly CompositeAction[]
  readonly dependabot: YamlItem | undefined
  readonly cliff: TomlFile | undefined
  readonly pyproject: TomlFile | undefined
  readonly rulesets: readonly YamlItem[]
  /** What this suite's actions and workflows take and give, where one is called. */
  readonly ours: OwnContract | undefined
}

const WORKFLOW = /^\.github\/workflows\/[^/]+\.ya?ml$/
const ACTION = /(?:^|\/)action\.ya?ml$/
const RULESET = /^\.github\/rulesets\/[^/]+\.json$/
const DEPENDABOT = /^\.github\/dependabot\.ya?ml$/

/** Reads a checkout. A folder that is none, or a TOML file that cannot be parsed, is a UserError. */
export async function openRepository(root: string): Promise<Repository> {
  if (!existsSync(root) || !statSync(root).isDirectory())
    throw new UserError(`${root} is no folder. Give the folder of a checkout, or run this in one.`)
  const files = listFiles(root)
  const read = (path: string) =>
    existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined
  const texts = (pattern: RegExp): [string, string][] =>
    files.filter(path => pattern.test(path)).map(path => [path, read(path) ?? ''])
  const yaml = (pattern: RegExp) => texts(pattern).map(([path, text]) => YamlItem.root(openYaml(path, text)))
  const toml = (name: string) => {
    const text = read(name)
    return text === undefined ? undefined : openToml(name, text)
  }
  const workflows = texts(WORKFLOW).map(([path, text]) => readWorkflow(path, text))
  const actions = texts(ACTION).map(([path, text]) => readAction(path, text))
  const jobs = workflows.flatMap(workflow => workflow.jobs)
  return {
    files,
    read,
    workflows,
    actions,
    ours: await ownContract([...jobs, ...[...jobs, ...actions].flatMap(({ steps }) => steps)]),
    dependabot: yaml(DEPENDABOT)[0],
    cliff: toml('cliff.toml') ?? toml('.cliff.toml'),
    pyproject: toml('pyproject.toml'),
    rulesets: yaml(RULESET),
  }
}

/** The YAML and JSON files among them, whose syntax decides whether anything else can be said. */
export function yamlRoots({ workflows, actions, dependabot, rulesets }: Repository): YamlItem[] {
  const described = [...workflows, ...actions].map(({ root }) => root)
  return [...described, ...(dependabot ? [dependabot] : []), ...rulesets]
}
