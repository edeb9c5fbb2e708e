import { neededBy } from '../check/facts/calls.ts'
import { isOurs } from '../check/model/uses.ts'
import type { Job, Workflow } from '../check/model/workflow.ts'

/** The job of each workflow of this suite that stands for all its others. */
const OURS: Readonly<Record<string, string>> = {
  'ci.yml': 'gate',
  'release-prepare.yml': 'gate',
  'release-publish.yml': 'gate',
  'version-bump.yml': 'gate',
}

/** The ways in which a job asks how all those went that it needs. */
const JUDGES = /toJSON\(\s*needs\s*\)|needs\.\*\.result|re-actors\/alls-green/i

/** Whether a job runs in any case and judges the jobs that it needs, so that its check stands for theirs. */
export function isGate(job: Job): boolean {
  const condition = job.item.get('if')?.text ?? ''
  const runsAnyway = /always\(\)|!\s*cancelled\(\)/.test(condition)
  return runsAnyway && job.needs.length > 0 && job.item.find(JUDGES).length > 0
}

/** The jobs whose checks have to be looked at: those that no gate judges. A gate that another one judges is not among them. */
export function decidingJobs({ jobs }: Workflow): Job[] {
  const judged = new Set(jobs.filter(isGate).flatMap(neededBy))
  return jobs.filter(job => !judged.has(job))
}

/** Name of the gate of a workflow of this suite; undefined when another workflow is called. */
export function gateOfOurs({ uses }: Job): string | undefined {
  if (uses?.kind !== 'remote' || !isOurs(uses)) return undefined
  return OURS[uses.path.replace(/^\.github\/workflows\//, '')]
}
