import type { Action, Job, Parameters, Step, Workflow, YamlFile } from './yaml-files.ts'

/**
 * The one job that takes the rights of its caller's job, by workflow. It declares none, and neither may the workflow, whose
 * permissions would be the job's.
 */
const INHERITS: Readonly<Record<string, string>> = { '.github/workflows/ci.yml': 'coverage' }

/**
 * Rules for what no local engine enforces. Each function returns one sentence per breach, and none for a good file.
 */
export function workflowBreaches({ path, text, content }: YamlFile<Workflow>): string[] {
  const callable = 'workflow_call' in content.on
  const inherits = INHERITS[path]
  return [
    ...topLevelBreaches(content.permissions, inherits),
    ...(callable && content.concurrency ? ['a callable workflow declares concurrency'] : []),
    ...(text.includes('secrets.GITHUB_TOKEN') ? ['secrets.GITHUB_TOKEN is empty in a called workflow'] : []),
    ...(/\$\{\{[^}]*\bcase\(/.test(text) ? ['case() is not known to every engine'] : []),
    ...(callable ? descriptionBreaches(content.on.workflow_call ?? {}) : []),
    ...pinBreaches(text),
    ...Object.entries(content.jobs).flatMap(([id, job]) => jobBreaches(id, job, text, id === inherits)),
  ].map(breach => `${path}: ${breach}`)
}

export function actionBreaches({ path, text, content }: YamlFile<Action>): string[] {
  const steps = content.runs.steps ?? []
  return [
    ...sentence('description', content.description),
    ...descriptionBreaches(content),
    ...pinBreaches(text),
    ...steps.flatMap(stepBreaches),
    ...steps.filter(step => step.run && !step.shell).map(step => `step "${step.name}" has no shell`),
  ].map(breach => `${path}: ${breach}`)
}

function topLevelBreaches(permissions: unknown, inherits: string | undefined): string[] {
  if (inherits === undefined) return isEmptyObject(permissions) ? [] : ['top-level permissions are not {}']
  return permissions === undefined ? [] : [`top-level permissions take those of job ${inherits} away`]
}

function jobBreaches(id: string, job: Job, text: string, inherits: boolean): string[] {
  const breaches = (job.steps ?? []).flatMap(stepBreaches)
  if (!job.permissions !== inherits)
    breaches.push(
      inherits ? "has permissions although it takes the caller's" : 'has no permissions of its own',
    )
  // The permissions of a job are a few lines; each right says why in a comment of the same line.
  for (const right of Object.entries(job.permissions ?? {})) {
    if (!new RegExp(`^ +${right[0]}: ${right[1]} # \\S`, 'm').test(jobText(text, id)))
      breaches.push(`permission ${right[0]} has no comment that says why`)
  }
  if (!job.name) breaches.push('has no name, which is what required checks are called by')
  if (!job.uses && !job['timeout-minutes']) breaches.push('has no timeout-minutes')
  return breaches.map(breach => `job ${id}: ${breach}`)
}

function jobText(text: string, id: string): string {
  return text.split(/^(?= {2}[\w-]+:$)/m).find(part => part.startsWith(`  ${id}:`)) ?? ''
}

function stepBreaches(step: Step): string[] {
  const name = step.name ?? step.uses ?? step.run ?? ''
  const breaches: string[] = []
  if (!step.name) breaches.push('has no name')
  if (step.run?.includes('${{')) breaches.push('has an expression inside run; pass the value by env')
  if (step.run?.includes('|| true')) breaches.push('hides a failure by "|| true"')
  if (step.uses?.startsWith('actions/checkout@') && step.with?.['persist-credentials'] !== false)
    breaches.push('leaves the token in .git/config (persist-credentials)')
  return breaches.map(breach => `step "${name}" ${breach}`)
}

/** Third-party actions by full SHA with the version beside it; own ones by `$/`, which names no owner and no version. */
function pinBreaches(text: string): string[] {
  const uses = [...text.matchAll(/^ *(?:- )?uses: (\S+)(.*)$/gm)].map(match => [
    match[1] ?? '',
    match[2] ?? '',
  ])
  return uses
    .filter(([target = '', comment = '']) =>
      target.startsWith('$/')
        ? target.includes('@')
        : !/@[0-9a-f]{40}$/.test(target) || !/^ # v\d/.test(comment),
    )
    .map(([target]) => `${target} is neither $/… nor pinned by SHA with a version comment`)
}

function descriptionBreaches(contract: { inputs?: Parameters; outputs?: Parameters }): string[] {
  const inputs = Object.entries(contract.inputs ?? {})
  const all = [...inputs, ...Object.entries(contract.outputs ?? {})]
  return [
    ...all.flatMap(([name, { description }]) => sentence(name, description)),
    ...all
      .filter(([name]) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))
      .map(([name]) => `${name} is not kebab-case`),
    ...inputs
      .filter(([, input]) => !input.required && !/\bDefault: /.test(input.description ?? ''))
      .map(([name]) => `description of ${name} does not say the default`),
  ]
}

function sentence(name: string, text = ''): string[] {
  return /^\S[\s\S]*[.}…]$/.test(text.trim())
    ? []
    : [`description of ${name} is not a sentence with a full stop`]
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}
