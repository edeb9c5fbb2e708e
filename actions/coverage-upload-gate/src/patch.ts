import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FileCoverage, Patch, PatchView } from '@tokenledger/coverage'
import { patchCoverage, readChanges, uncoveredRanges } from '@tokenledger/coverage'
import { githubClient } from '@tokenledger/github'
import { remoteChanges } from '@tokenledger/github/changes'
import { UserError } from '@tokenledger/kit'
import type { CoverageInputs } from './inputs.ts'
import type { RunFacts } from './run-facts.ts'

/** The coverage of the changed lines, for the gate and for people. */
export interface MeasuredPatch {
  /** Undefined when there are changes that cannot be read. */
  readonly forGate: Patch | undefined
  readonly view: PatchView
  /** Why the changes cannot be read, with the remedy. */
  readonly problem?: string
}

/** Takes the merged files; asks git first, and GitHub only for what git cannot tell. */
export async function measurePatch(
  files: ReadonlyMap<string, FileCoverage>,
  inputs: CoverageInputs,
  { event, links, apiUrl }: RunFacts,
): Promise<MeasuredPatch> {
  const { workspace, token, gate } = inputs
  const client = token && links.repository ? githubClient({ token, apiUrl }) : undefined
  try {
    const read = await readChanges({
      root: workspace,
      patchBase: gate.patchBase,
      event,
      token: token || undefined,
      api: client && remoteChanges(client, links.repository),
      isMeasured: path => files.has(path),
    })
    if (read.kind === 'none') {
      return { forGate: { notApplicable: read.reason }, view: { kind: 'unknown', reason: read.reason } }
    }
    const { changes } = read
    const patch = patchCoverage(changes, files, {
      partialBranch: gate.partialBranch,
      multiline: gate.multiline,
      source: path => textOf(join(workspace, path)),
    })
    const isMeasured = (path: string, line: number) => files.get(path)?.stateOf(line) !== undefined
    const facts = { isMeasured, headLine: changes.headLine }
    const view: PatchView = {
      kind: 'measured',
      covered: patch.covered,
      valid: patch.valid,
      files: patch.files.map(file => ({
        path: file.path,
        covered: file.covered,
        valid: file.valid,
        ranges: uncoveredRanges(file, facts),
      })),
      source: changes.source,
      notComparable: [...changes.notComparable].map(([path, reason]) => ({ path, reason })),
    }
    return { forGate: patch, view }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return {
      forGate: undefined,
      view: { kind: 'unknown', reason: error.message },
      problem: error.message,
    }
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
