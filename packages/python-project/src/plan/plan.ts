import { banditFindings } from './bandit.ts'
import { buildFindings } from './build-backend.ts'
import { coverageFindings } from './coverage.ts'
import { dashboardFindings } from './dashboard.ts'
import type { Finding } from './finding.ts'
import { packageFindings } from './import-package.ts'
import { installFindings } from './install.ts'
import { integrationFindings } from './integration.ts'
import { migrationFindings } from './migrations.ts'
import { mypyFindings } from './mypy.ts'
import { withFinalInputs } from './overrides.ts'
import { postgresFindings } from './postgres.ts'
import type { Project } from './project.ts'
import { pythonFindings } from './pythons.ts'
import { ruffFindings } from './ruff.ts'
import { existingTestPaths, testFindings } from './tests.ts'
import { versionSource } from './version-source.ts'
import { workspaceFindings } from './workspace.ts'

export type FindingValue = string | boolean | readonly string[]
export type FindingName = keyof ReturnType<typeof findingsOf>
/** Every finding by the name of its output. */
export type Findings = Readonly<Record<FindingName, Finding<FindingValue>>>

/** Everything that CI has to know about a project; the same checkout and inputs give the same plan. */
export function planOf(project: Project): Findings {
  return withFinalInputs(findingsOf(project), project.overrides.final ?? new Map())
}

function findingsOf(project: Project) {
  const packages = packageFindings(project)
  const sources = packages['source-paths'].value
  const tests = testFindings(project)
  const testPaths = existingTestPaths(project.checkout, tests['test-paths'].value)
  const install = installFindings(project)
  const database = { ...migrationFindings(project), ...postgresFindings(project) }
  return {
    ...packages,
    ...versionSource(project, packages['package-directory'].value),
    ...buildFindings(project),
    ...workspaceFindings(project),
    ...pythonFindings(project),
    ...install,
    ...ruffFindings(project, sources, testPaths),
    ...mypyFindings(project, sources),
    ...tests,
    ...coverageFindings(project, sources, install['coverage-tool']),
    ...banditFindings(project, sources),
    ...database,
    ...integrationFindings(project, { ...install, ...tests, ...database }),
    ...dashboardFindings(project),
  }
}
