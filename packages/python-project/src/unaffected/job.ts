/** The jobs of ci.yml that wait for its plan, so that it can leave them out. */
export const JOBS = ['test', 'integration', 'coverage', 'build', 'dashboard'] as const
export type Job = (typeof JOBS)[number]

/**
 * What a file can concern. The tests go together with `coverage`, which is judged over all that they measure: of half of them
 * it would be another number.
 */
export type Concern = 'tests' | 'build' | 'dashboard'

export const JOBS_OF: Readonly<Record<Concern, readonly Job[]>> = {
  tests: ['test', 'integration', 'coverage'],
  build: ['build'],
  dashboard: ['dashboard'],
}

export const CONCERNS = Object.keys(JOBS_OF) as Concern[]
