import { type Glob, nameWithGaps } from '../../workflows/glob.ts'
import { MOST_LEGS } from '../../workflows/job-names.ts'
import type { Job, Workflow } from '../model/workflow.ts'
import type { Repository } from '../repository.ts'
import { calleeOf } from './calls.ts'

/** Stands for what only the run knows. */
const ANY = '*'

/** Tells whether a check has the name of a job, where parts of the name may be known only in the run. */
export type CheckName = Glob

/** The names that pull requests get from the jobs of this repository. */
export function checkNames(repository: Repository): CheckName[] {
  const started = repository.workflows.filter(
    ({ events }) => events.has('pull_request') || events.has('pull_request_target') || events.has('push'),
  )
  return started.flatMap(workflow => checkNamesOf(workflow, repository))
}

/** The names that the jobs of one workflow report. */
export function checkNamesOf(workflow: Workflow, repository: Repository): CheckName[] {
  return namesIn(workflow, '', repository, [])
}

/** Workflows that call each other in a circle, which GitHub refuses, end where the circle closes. */
function namesIn(
  workflow: Workflow,
  prefix: string,
  repository: Repository,
  callers: readonly Workflow[],
): CheckName[] {
  if (callers.includes(workflow)) return []
  return workflow.jobs.flatMap(job => namesOf(job, prefix, repository, [...callers, workflow]))
}

function namesOf(
  job: Job,
  prefix: string,
  repository: Repository,
  callers: readonly Workflow[],
): CheckName[] {
  const names = spelled(job).map(name => `${prefix}${name}`)
  if (!job.uses) return names.map(nameWithGaps)
  const callee = calleeOf(job, repository)
  // What a workflow of another repository calls its jobs is not known here.
  if (!callee) return names.map(name => nameWithGaps(`${name} / ${ANY}`))
  return names.flatMap(name => namesIn(callee, `${name} / `, repository, callers))
}

/** The name of a job, one for each leg of its matrix. */
function spelled({ id, item }: Job): string[] {
  const name = item.get('name')?.text ?? id
  const matrix = item.get('strategy', 'matrix')
  if (!matrix) return [name]
  const axes = matrix.entries().filter(([axis]) => !/^(?:in|ex)clude$/.test(axis))
  // A leg that `include` adds may have values that no axis has.
  const open = matrix.get('include') ? [name] : []
  if (name.includes('${{')) return [...legs(axes).map(leg => fill(name, leg)), ...open]
  const known = legs(axes).map(leg => `${name} (${[...leg.values()].join(', ')})`)
  const others = matrix.isScalar || matrix.get('include') ? [`${name} (${ANY})`] : []
  return [...(axes.length > 0 ? known : []), ...others]
}

type Axes = ReturnType<NonNullable<ReturnType<Job['item']['get']>>['entries']>

function legs(axes: Axes): Map<string, string>[] {
  return axes.reduce<Map<string, string>[]>(
    (found, [axis, values]) => {
      const texts = values.elements().map(({ text }) => text)
      const isKnown = texts.length > 0 && !texts.some(text => text.includes('${{'))
      const known = isKnown && found.length * texts.length <= MOST_LEGS ? texts : [ANY]
      return found.flatMap(leg => known.map(value => new Map([...leg, [axis, value]])))
    },
    [new Map()],
  )
}

function fill(name: string, leg: ReadonlyMap<string, string>): string {
  return name.replace(/\$\{\{\s*matrix\.([\w-]+)\s*\}\}/g, (whole, axis) => leg.get(axis) ?? whole)
}
