import { CONCERNS, type Concern, JOBS_OF, type Job } from './job.ts'
import type { Kind } from './kind.ts'
import type { Layout } from './layout.ts'
import { readersFound } from './lookup.ts'
import { readersOf } from './readers.ts'
import { measuresCoverage, reachingOut } from './stands-alone.ts'
import type { Surroundings } from './surroundings.ts'

/** What is influenced, each with the first thing found to do so. */
export type Causes = ReadonlyMap<Concern, string>

/** What a file of a kind influences whatever is in it. The dashboard is left to `ofDashboard`. */
const BY_KIND: Readonly<Record<Kind, readonly Concern[]>> = {
  documentation: [],
  metadata: ['build'],
  dashboard: ['dashboard'],
  python: ['tests', 'build'],
  other: CONCERNS,
}

/** Build backends that read what pyproject.toml, setup.py and MANIFEST.in name, and nothing else outside of the package. */
const KNOWN_BACKENDS =
  /^(?:$|hatchling\.|setuptools\.|poetry\.core\.|flit_core\.|pdm\.(?:backend|pep517)|uv_build)/

export function causesOf(
  kinds: ReadonlyMap<string, Kind>,
  layout: Layout,
  surroundings: Surroundings,
): Causes {
  const causes = new Map<Concern, string>()
  const add = (concern: Concern, why: string) => {
    if (!causes.has(concern)) causes.set(concern, why)
  }
  for (const [path, kind] of kinds) for (const concern of BY_KIND[kind]) add(concern, path)
  for (const job of surroundings.always) add(concernOf(job), `what ${job} reads is not known`)
  for (const [concern, why] of readBy(kinds, layout, surroundings)) add(concern, why)
  const dashboard = ofDashboard(kinds, layout, surroundings)
  if (dashboard) add('dashboard', dashboard)
  tie(causes, layout, surroundings)
  return causes
}

function concernOf(job: Job): Concern {
  return CONCERNS.find(concern => JOBS_OF[concern].includes(job)) ?? 'tests'
}

/** What reads files that by their kind concern nobody, or not everybody. */
function readBy(
  kinds: ReadonlyMap<string, Kind>,
  layout: Layout,
  { project, findings, tree }: Surroundings,
): [Concern, string][] {
  const of = (...wanted: Kind[]) =>
    [...kinds].filter(([, kind]) => wanted.includes(kind)).map(([path]) => path)
  const [prose, dashboard] = [of('documentation', 'metadata'), of('dashboard')]
  const [first] = [...prose, ...dashboard]
  if (first === undefined) return []
  const { buildSystem } = project.pyproject
  if (!KNOWN_BACKENDS.test(buildSystem?.backend ?? '') || buildSystem?.backendPath) {
    const why = `${first}, which the build backend may read`
    return [
      ['tests', why],
      ['build', why],
    ]
  }
  const readers = readersOf(project, findings, layout, tree)
  return [
    ...readersFound(prose, 'prose', readers, layout),
    ...readersFound(dashboard, 'dashboard', readers, layout),
  ]
}

/** A dashboard that reaches out of its folder may read everything. */
function ofDashboard(kinds: ReadonlyMap<string, Kind>, { dashboard }: Layout, { tree }: Surroundings) {
  const [beside] = [...kinds].find(([, kind]) => kind !== 'dashboard') ?? []
  if (!dashboard || beside === undefined) return undefined
  const out = reachingOut(dashboard, tree)
  return out && `${beside}, which ${out} may read`
}

/** Coverage is judged over the tests and the dashboard together where both measure it; of one alone it would be another number. */
function tie(causes: Map<Concern, string>, { dashboard }: Layout, { tree }: Surroundings): void {
  if (!dashboard || !measuresCoverage(dashboard, tree)) return
  if (causes.has('tests') && !causes.has('dashboard'))
    causes.set('dashboard', 'coverage needs what it measures')
  else if (causes.has('dashboard') && !causes.has('tests'))
    causes.set('tests', 'coverage needs what they measure')
}
