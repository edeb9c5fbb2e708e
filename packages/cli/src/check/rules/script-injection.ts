import { allJobs, allSteps } from '../facts/steps.ts'
import type { Level, Rule, Spot } from '../finding.ts'
import type { Step } from '../model/step.ts'
import type { YamlItem } from '../model/yaml-item.ts'
import type { Repository } from '../repository.ts'

const EXPRESSION = /\$\{\{((?:[^}]|\}(?!\}))*)\}\}/
/** What another person writes: titles, names of branches, bodies, inputs. */
const TAINTED =
  /\b(?:github\.event\.[\w.*-]+|github\.head_ref|github\.ref_name|inputs(?:\.[\w-]+|\[[^\]]+\]))/g
/** Numbers, hashes and switches, which cannot hold a command. */
const HARMLESS =
  /^github\.event\.(?:number|action|before|after|created|deleted|forced|run_id|schedule|(?:[\w]+\.)+(?:number|id|node_id|sha|draft|merged|private|fork|conclusion|status|state|type|run_attempt|default_branch|full_name|login|url|html_url|created_at|updated_at)|repository\.(?:name|default_branch|full_name|id))$/

export const scriptInjection: Rule = {
  id: 'script-injection',
  level: 'error',
  why: 'GitHub puts the value into the script before a shell reads it: a title such as `$(curl …)` is run as a command, with the token of the job.',
  fix: 'Pass it by `env:` and write `"$NAME"` in the script; in actions/github-script read `process.env.NAME`.',
  *find(repository) {
    const types = inputTypes(repository)
    for (const step of allSteps(repository))
      for (const script of scriptsOf(step)) yield* injections(script, types)
  },
}

function scriptsOf(step: Step): YamlItem[] {
  const script = step.action === 'actions/github-script' ? step.with('script') : undefined
  return [step.run, script].filter(item => item !== undefined)
}

function* injections(script: YamlItem, types: ReadonlyMap<string, string>): Iterable<Spot> {
  for (const { match, at } of script.find(EXPRESSION)) {
    const names = [...pasted(match[1] ?? '').matchAll(TAINTED)].map(([name]) => name)
    const worst = names
      .map(name => [name, dangerOf(name, script.file.path, types)] as const)
      .find(([, level]) => level)
    if (worst?.[1]) yield { at, message: `\`${worst[0]}\` is pasted into the script`, level: worst[1] }
  }
}

const COMPARED =
  /\b(?:contains|startsWith|endsWith)\([^()]*\)|[\w.[\]'*-]+\s*(?:[=!]=|[<>]=?)\s*(?:'[^']*'|[\w.-]+)|'[^']*'\s*[=!]=\s*[\w.-]+|[\w.[\]'-]+\s*&&/g

/** An expression without what it only looks at: what is compared, and what stands before `&&`, is not pasted when it says something. */
function pasted(expression: string): string {
  return expression.replace(COMPARED, ' ')
}

/** A choice is checked by GitHub against its list, so it is only one edit away from danger. */
function dangerOf(name: string, path: string, types: ReadonlyMap<string, string>): Level | undefined {
  if (HARMLESS.test(name)) return undefined
  const input = /(?:^inputs|^github\.event\.inputs)[.[]['"]?([\w-]+)/.exec(name)?.[1]
  if (input === undefined) return 'error'
  const type = types.get(`${path} ${input}`)
  if (type === 'boolean' || type === 'number') return undefined
  return type === 'choice' ? 'warning' : 'error'
}

/** The type of each input, by file and name. */
function inputTypes(repository: Repository): Map<string, string> {
  const files = new Set(allJobs(repository).map(({ workflow }) => workflow))
  const entries = [...files].flatMap(({ path, events }) =>
    ['workflow_dispatch', 'workflow_call'].flatMap(event =>
      (events.get(event)?.get('inputs')?.entries() ?? []).map(
        ([name, input]) => [`${path} ${name}`, input.get('type')?.text ?? 'string'] as const,
      ),
    ),
  )
  return new Map(entries)
}
