import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { CoverageView, FileTotals, ReportLine, Totals } from '@tokenledger/coverage'
import { judge, totalsOfFile, trackedFiles } from '@tokenledger/coverage'
import { findReports, type ReportPath, requireExpected } from './find-reports.ts'
import type { CoverageInputs } from './inputs.ts'
import { type Measurement, measure } from './measure.ts'
import { type MeasuredPatch, measurePatch } from './patch.ts'
import type { RunFacts } from './run-facts.ts'

/** All that is decided before anything but the changes is asked for over a network. */
export interface Judged {
  readonly view: CoverageView
  readonly paths: readonly ReportPath[]
  readonly tracked: ReadonlySet<string>
  readonly measurement: Measurement
}

/** Codecov drops what is older, without a word to the job (its `max_report_age`). */
const OLD_MS = 12 * 3600 * 1000

/** Reads, merges and judges. Throws a UserError for reports that are missing, broken or hostile: then nothing is judged. */
export async function judgeCoverage(inputs: CoverageInputs, facts: RunFacts): Promise<Judged> {
  const { workspace, workingDirectory, gate } = inputs
  const folder = join(workspace, workingDirectory)
  const paths = await reportPaths(inputs, folder)
  const tracked = await trackedFiles(workspace)
  const measurement = await measure(paths, tracked, inputs)
  const base = await measureBase(tracked, inputs, folder)
  const patch = await measurePatch(measurement.merged.files, inputs, facts)
  const { gates, gateOn, precision } = gate
  const wantsPatch = gates.minPatch !== undefined || gates.minFilePatch !== undefined
  const verdict = judge({
    totals: measurement.total.totals,
    ...(base ? { base: base.total } : {}),
    ...(patch.forGate ? { patch: patch.forGate } : {}),
    gates,
    gateOn,
    precision,
  })
  const problem = patchProblems(patch)
  const view: CoverageView = {
    verdict,
    errors: [...measurement.errors, ...(wantsPatch ? problem : [])],
    warnings: [
      ...measurement.warnings,
      ...(wantsPatch ? [] : problem),
      ...baseWarnings(inputs, base),
      ...ageWarnings(measurement),
    ],
    precision,
    total: measurement.total.totals,
    files: fileTotals(measurement),
    ...(base ? { base } : {}),
    patch: patch.view,
    links: facts.links,
    computed: {
      reports: measurement.reports.map(reportLine),
      totalSource: measurement.total.source,
      unresolved: measurement.unresolved,
      excluded: measurement.excluded,
      disagreements: measurement.merged.disagreements,
    },
  }
  return { view, paths, tracked, measurement }
}

async function reportPaths({ reports, workspace }: CoverageInputs, folder: string): Promise<ReportPath[]> {
  const paths = await findReports(reports.files, folder, workspace).catch(async error => {
    // Without a checkout there can be no reports either, and that is what is to be said then.
    if (!existsSync(join(workspace, '.git'))) await trackedFiles(workspace)
    throw error
  })
  await requireExpected(paths, reports.expected, folder)
  return paths
}

interface Base {
  readonly total: Totals
  readonly source: string
}

/** Changes that cannot be told, so that a gate on them would judge what is left of them. */
function patchProblems({ problem, view }: MeasuredPatch): string[] {
  if (problem !== undefined) return [problem]
  if (view.kind !== 'measured' || view.notComparable.length === 0) return []
  const [first] = view.notComparable
  const others = view.notComparable.length - 1
  const names = `${first?.path} (${first?.reason})${others > 0 ? ` and ${others} more` : ''}`
  return [
    `The changed lines of ${names} are not known, so they are not counted. Check out with fetch-depth: 2, which needs no API.`,
  ]
}

/** Undefined when there is none: the first run of a project has no base yet, and `max-drop` says so. */
async function measureBase(
  tracked: ReadonlySet<string>,
  inputs: CoverageInputs,
  folder: string,
): Promise<Base | undefined> {
  const { baseFiles } = inputs.reports
  if (baseFiles.length === 0) return undefined
  const paths = await findReports(baseFiles, folder, inputs.workspace).catch(() => [])
  if (paths.length === 0) return undefined
  const { total } = await measure(paths, tracked, inputs)
  return { total: total.totals, source: paths.map(({ shown }) => shown).join(', ') }
}

function baseWarnings({ reports, gate }: CoverageInputs, base: Base | undefined): string[] {
  if (base || reports.baseFiles.length === 0 || gate.gates.maxDrop) return []
  return [`There is no base report at ${reports.baseFiles.join(', ')}; nothing is compared with the base.`]
}

function ageWarnings({ reports }: Measurement): string[] {
  return reports.flatMap(({ path, writtenAt }) => {
    const age = writtenAt === undefined ? 0 : Date.now() - writtenAt
    if (writtenAt === undefined || age <= OLD_MS) return []
    const hours = Math.floor(age / 3_600_000)
    return [
      `Report is ${hours} h old (timestamp ${new Date(writtenAt).toISOString()} in ${path}). Codecov drops reports older than 12 h unless codecov.max_report_age is off.`,
    ]
  })
}

function fileTotals({ merged }: Measurement): FileTotals[] {
  return [...merged.files].map(([path, file]) => ({ path, totals: totalsOfFile(file) }))
}

function reportLine({ path, format, writer, sources, files }: Measurement['reports'][number]): ReportLine {
  return { path, format, ...(writer ? { writer } : {}), sources, files: files.size }
}
