import type { Edit } from '@tokenledger/bumpversion'
import { info, UserError } from '@tokenledger/kit'
import { compareVersions, parseVersion } from '@tokenledger/versioning'
import type { CurrentVersion } from './current-version.ts'
import type { BumpInputs } from './inputs.ts'
import { decideNext, type Next } from './next-version.ts'
import type { Past } from './past.ts'
import { wrappedBump } from './wrapped/wrapped-bump.ts'

export interface ByTool {
  readonly next: Next
  readonly edits: readonly Edit[]
  readonly hooks: readonly string[]
}

/**
 * The next version as the real bump-my-version makes it from its configuration, with the edits that it makes. What part that is
 * gets decided here as ever; a label needs our own rules, so the tool is then given the version.
 */
export async function nextByTool(
  current: CurrentVersion,
  past: Past,
  inputs: BumpInputs,
  now: Date,
): Promise<ByTool> {
  if (!current.config) {
    throw new UserError(
      'BUMP_ENGINE: engine bump-my-version needs its configuration, and there is none; set engine: native, which needs none',
    )
  }
  const { wish, label, workspace: root, folder, configFile, allowHooks } = inputs
  // Our own rules know no part of the configuration's, and it is not asked for one.
  const ours: CurrentVersion = { ...current, config: undefined }
  const decided =
    wish.kind === 'part' && !label
      ? { kind: 'part' as const, part: wish.part, reason: `part ${wish.part} of ${current.config.path}.` }
      : decideNext(ours, past, inputs, now)
  if (decided.kind === 'none') return { next: decided, edits: [], hooks: [] }
  const byPart = decided.kind === 'part' || (wish.kind === 'auto' && !label)
  const request = byPart
    ? { part: decided.part, newVersion: undefined }
    : { part: undefined, newVersion: versionOf(decided) }
  const tool = await wrappedBump({
    root,
    folder,
    configFile,
    allowHooks,
    uv: 'uv',
    say: info,
    ...request,
  })
  const version = parseVersion(tool.next)
  if (!version || compareVersions(version, current.version) <= 0) {
    throw new UserError(
      `BUMP_ENGINE: bump-my-version makes ${tool.next} of ${current.text}, which is ${version ? 'not above it' : 'no version of PEP 440'}; correct its configuration`,
    )
  }
  const { part, reason } = decided
  const decision = decided.kind === 'version' && decided.decision ? { decision: decided.decision } : {}
  return {
    next: { kind: 'version', version, part, reason, ...decision },
    edits: tool.edits,
    hooks: tool.hooks,
  }
}

function versionOf(decided: { readonly version?: { readonly text: string } }): string | undefined {
  return decided.version?.text
}
