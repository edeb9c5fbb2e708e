import { warning } from '@tokenledger/kit'
import { changedMergedFiles, MigrationError, type Problem } from '@tokenledger/migrations'
import { sayLine } from './annotations.ts'
import type { Prepared } from './prepare.ts'

/** What the files alone tell. */
export interface Preflight {
  /** Paths that the base does not have; absent when there is no base. */
  readonly newPaths?: ReadonlySet<string>
}

/** Everything that can be known to be wrong without a connection: names, structure, and edits of merged files. */
export async function preflight({ tool, place, inputs, env }: Prepared): Promise<Preflight> {
  const [files, merged] = await Promise.allSettled([
    tool.preflight(),
    tool.kind === 'sql'
      ? changedMergedFiles(place, inputs.tools.path, inputs.baseRef || undefined, {
          outOfOrder: inputs.record.outOfOrder,
          accepted: inputs.record.acceptChecksum,
          env,
        })
      : undefined,
  ])
  const problems: Problem[] = []
  if (files.status === 'rejected') {
    if (!(files.reason instanceof MigrationError)) throw files.reason
    problems.push(...files.reason.problems)
  }
  if (merged.status === 'rejected') throw merged.reason
  const report = merged.value
  if (report) problems.push(...(inputs.record.checksums === 'warn' ? [] : report.problems))
  if (problems.length > 0) throw new MigrationError(problems)
  if (report?.base)
    sayLine(`Compared with ${report.base.slice(0, 9)}: ${report.newPaths?.size ?? 0} new migration files.`)
  else if (report?.reason && inputs.baseRef) warning(report.reason)
  return report?.newPaths ? { newPaths: report.newPaths } : {}
}
