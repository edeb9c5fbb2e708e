import { bumpedVersion } from '@tokenledger/bumpversion'
import { type AutoPart, autoPart, type PartDecision } from '@tokenledger/changelog'
import { UserError } from '@tokenledger/kit'
import {
  compareVersions,
  leadsTo,
  nextVersion as nextOf,
  type Part,
  parseVersion,
  repositorySpelling,
  type Version,
} from '@tokenledger/versioning'
import type { CurrentVersion } from './current-version.ts'
import type { BumpInputs } from './inputs.ts'
import type { Past } from './past.ts'

const PARTS: readonly string[] = ['major', 'minor', 'patch', 'prerelease', 'finalize', 'post', 'dev']

/** What the next version is, and why; without one there is nothing to release. */
export type Next =
  | { readonly kind: 'none'; readonly reason: string; readonly decision?: PartDecision }
  | {
      readonly kind: 'version'
      readonly version: Version
      readonly part: string
      readonly reason: string
      readonly decision?: PartDecision
    }

/** Decides the next version. A UserError for a wish that makes no sense, or that does not lead upwards. */
export function decideNext(
  current: CurrentVersion,
  past: Past,
  inputs: Pick<BumpInputs, 'wish' | 'label' | 'majorOnZero'>,
  now: Date,
): Next {
  const { wish, label } = inputs
  if (wish.kind === 'version') return asked(current, wish.version)
  if (wish.kind === 'part') return byPart(current, past, wish.part, label, now)
  const decision = autoPart(past.commits, {
    isZero: current.version.release[0] === 0 && current.version.epoch === 0,
    majorOnZero: inputs.majorOnZero,
  })
  if (!decision.part) return { kind: 'none', reason: decision.reason, decision }
  const within = withinPrerelease(current.version, decision.part)
  const next = byPart(current, past, within ? 'prerelease' : decision.part, label, now)
  const goesOn = `${current.text} is a prerelease, which goes on until part: finalize ends it. `
  return { ...next, reason: `${within ? goesOn : ''}${decision.reason}`, decision }
}

/** Whether the commits ask for no more than the prerelease leads to. */
function withinPrerelease(version: Version, part: AutoPart): boolean {
  const level = leadsTo(version)
  if (version.pre === undefined || level === undefined) return false
  const order: readonly string[] = ['patch', 'minor', 'major']
  return order.indexOf(part) <= order.indexOf(level)
}

function asked(current: CurrentVersion, text: string): Next {
  const version = parseVersion(text)
  if (!version) {
    throw new UserError(
      `Input new-version is "${text}", which is no version of PEP 440; write it like 1.3.0 or 1.3.0rc1.`,
    )
  }
  if (compareVersions(version, current.version) <= 0) {
    throw new UserError(
      `BUMP_NOT_HIGHER: new-version ${text} is not above ${current.text}, which the tree has (${current.reason})`,
    )
  }
  return { kind: 'version', version, part: '', reason: `new-version asks for ${text}.` }
}

/** A part of the configuration's own goes by its rules; the others by those of PEP 440, in the spelling of the repository. */
function byPart(
  current: CurrentVersion,
  past: Past,
  part: string,
  label: BumpInputs['label'],
  now: Date,
): Next {
  const { config, version } = current
  const isUsual = PARTS.includes(part)
  if (config && !label && (!isUsual || hasPart(config.parse, part))) {
    const { next } = bumpedVersion(withCurrent(config, current), { part }, { now, env: {} })
    const parsed = parseVersion(next)
    if (!parsed) {
      throw new UserError(
        `BUMP_VERSION_UNREADABLE: ${part} makes ${next}, which is no version of PEP 440; tags and package indexes take no other`,
      )
    }
    return { kind: 'version', version: parsed, part, reason: `part ${part} of ${config.path}.` }
  }
  if (!isUsual) {
    throw new UserError(
      `Input part is "${part}"; allowed: auto, ${PARTS.join(', ')}${config ? ', and the parts of parse' : ''}.`,
    )
  }
  const spelling = repositorySpelling(version, past.versions)
  const { version: next, reason } = nextOf(
    { ...version, spelling },
    { part: part as Part, ...(label ? { label } : {}) },
  )
  return { kind: 'version', version: next, part, reason }
}

export function withCurrent<T extends { readonly currentVersion: string | undefined }>(
  config: T,
  { text }: Pick<CurrentVersion, 'text'>,
): T {
  return { ...config, currentVersion: config.currentVersion ?? text }
}

function hasPart(parse: string, part: string): boolean {
  return parse.includes(`(?P<${part}>`)
}
