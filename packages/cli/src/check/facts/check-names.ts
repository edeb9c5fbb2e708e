import type { Job, Workflow } from '../model/workflow.ts'
import type { Repository } from '../repository.ts'
import { calleeOf } from './calls.ts'

/** Stands for what only the run knows. */
const ANY = '*'

/** Tells whether a check has the name of a job, where parts of the name may be known only in the run. */
export type CheckName = (check: string) => boolean

/** The names that pull requests get from the jobs of this repository. */
export function checkNames(repository: Repository): CheckName[] {
  const started = repository.workflows.filter(
    ({ events }) => events.has('pull_request') || events.has('pull_request_target') || events.has('push'),
  )
  return started.flatMap(({ jobs }) => jobs.flatMap(job => namesOf(job, '', repository)))
}

function namesOf(job: Job, prefix: string, repository: Repository): CheckName[] {
  const names = spelled(job).map(name => `${prefix}${name}`)
  if (!job.uses) return names.map(matcher)
  const callee = calleeOf(job, repository)
  // What a workflow of another repository calls its jobs is not known here.
  if (!callee) return names.map(name => matcher(`${name} / ${ANY}`))
  return names.flatMap(name => inner(callee, `${name} / `, repository))
}

function inner({ jobs }: Workflow, prefix: string, repository: Repository): CheckName[] {
  // Ten levels is GitHub's limit; a workflow that calls itself stops here too.
  if (prefix.split(' / ').length > 10) return []
  return jobs.flatMap(job => namesOf(job, prefix, repository))
}

/** The name of a job, one for each leg of its matrix. */
function spelled({ id, item }: Job): string[] {
  const name = item.get('name')?.text ?? id
  const matrix = item.get('strategy', 'matrix')
  if (!matrix) return [name]
  const axes = matrix.entries().filter(([axis]) => !/^(?:in|ex)clude$/.test(axis))
  if (name.includes('${{')) return legs(axes).map(leg => fill(name, leg))
  const known = legs(axes).map(leg => `${name} (${[...leg.values()].join(', ')})`)
  const others = matrix.isScalar || matrix.get('include') ? [`${name} (${ANY})`] : []
  return [...(axes.length > 0 ? known : []), ...others]
}

type Axes = ReturnType<NonNullable<ReturnType<Job['item']['get']>>['entries']>

function legs(axes: Axes): Map<string, string>[] {
  return axes.reduce<Map<string, string>[]>(
    (found, [axis, values]) => {
      const texts = values.elements().map(({ text }) => text)
      const known = texts.length > 0 && !texts.some(text => text.includes('${{')) ? texts : [ANY]
      return found.flatMap(leg => known.map(value => new Map([...leg, [axis, value]])))
    },
    [new Map()],
  )
}

function fill(name: string, leg: ReadonlyMap<string, string>): string {
  return name.replace(/\$\{\{\s*matrix\.([\w-]+)\s*\}\}/g, (whole, axis) => leg.get(axis) ?? whole)
}

function matcher(name: string): CheckName {
  const parts = name.split(/\$\{\{.*?\}\}|\*/).map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const pattern = new RegExp(`^${parts.join('.*')}$`)
  return check => pattern.test(check)
}
