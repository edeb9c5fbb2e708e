import { UserError } from '@tokenledger/kit'
import type { BumpConfig } from '../config/bump-config.ts'
import { renderTemplate } from '../format/template.ts'
import { explainTemplate } from '../format/template-error.ts'
import { serializeVersion } from './serialize.ts'
import { type BumpContext, type TemplateContext, templateContext } from './template-context.ts'
import { bumpPart, type Parts, schemeOf, type VersionScheme } from './version-parts.ts'
import { readVersion, type VersionReading } from './version-reader.ts'

export type BumpRequest = { readonly part: string } | { readonly newVersion: string }

export interface BumpedVersion {
  /** As the configuration writes it. */
  readonly current: string
  /** As `serialize` writes it. */
  readonly next: string
  /** What the configuration's own `current_version` becomes: `next`, behind a prefix such as `v` that it has. */
  readonly ownNext: string
  /** False when the version is already `next`: then there is nothing to edit. */
  readonly changed: boolean
  /** The part asked for; for a version asked for, the first part that it changes. */
  readonly part: string | undefined
  readonly currentParts: Parts
  readonly nextParts: Parts
  /** What a person should know, though the bump is possible. */
  readonly warnings: readonly string[]
  /** The same versions, written with the formats of one file. */
  inFormats(formats: readonly string[], where: string): TemplateContext
  /** A tag name, a message: `{new_version}`, `{current_version}`, parts, clock, environment, repository. */
  render(template: string, where: string): string
}

/**
 * The version that follows. UserError (`BUMP_VERSION_UNREADABLE`, `BUMP_PART_UNKNOWN`, `BUMP_PART_EXHAUSTED`, …) for
 * what is unknown, cannot be read whole by `parse`, or has no successor.
 */
export function bumpedVersion(config: BumpConfig, request: BumpRequest, context: BumpContext): BumpedVersion {
  const current = currentVersionOf(config, context)
  const scheme = explainTemplate('calver_format', () => schemeOf(config.parts, context.now))
  const reading = readCurrent(config, scheme, current)
  const nextParts = partsAfter(config, scheme, reading.parts, request)
  const base = templateContext(context, { current_version: current })
  const write = (parts: Parts): string =>
    explainTemplate('serialize', () => serializeVersion(scheme, parts, config.serialize, base))
  const next = write(nextParts)
  const part = 'part' in request ? request.part : firstDifference(scheme, reading.parts, nextParts)
  const own = { ...prefixed('current_', reading.parts), ...prefixed('new_', nextParts) }
  const versions = { reading, nextParts, scheme, context, own, current }
  return {
    current,
    next,
    ownNext: ownPrefix(reading, write(reading.parts)) + next,
    changed: next !== current,
    part,
    currentParts: reading.parts,
    nextParts,
    warnings: warningsOf(config, scheme, nextParts, next),
    inFormats: (formats, where) => formatsContext(versions, formats, where),
    render(template, where) {
      const names = templateContext(context, { ...own, current_version: current, new_version: next })
      return explainTemplate(where, () => renderTemplate(template, name => names.value(name)))
    },
  }
}

function currentVersionOf(config: BumpConfig, context: BumpContext): string {
  const current = config.currentVersion || context.scm?.current_version
  if (current) return current
  throw new UserError(
    `BUMP_VERSION_UNKNOWN: ${config.path} has no current_version, there is no static project.version and no tag of this format; write current_version into ${config.path}`,
  )
}

/** A prefix of letters such as `v` may stay unread; anything else unread would be lost or carried on wrongly. */
function readCurrent(config: BumpConfig, scheme: VersionScheme, current: string): VersionReading {
  const reading = readVersion(config, scheme, current)
  if (!reading) throw unreadable(config, 'current_version', current, 'does not match it')
  if (reading.after !== '' || /\d/.test(reading.before))
    throw unreadable(config, 'current_version', current, `reads only "${reading.text}" of it`)
  return reading
}

function partsAfter(config: BumpConfig, scheme: VersionScheme, current: Parts, request: BumpRequest): Parts {
  if ('part' in request) return bumpPart(scheme, current, request.part)
  const reading = readVersion(config, scheme, request.newVersion)
  if (!reading) throw unreadable(config, 'new-version', request.newVersion, 'does not match it')
  if (reading.before + reading.after !== '')
    throw unreadable(config, 'new-version', request.newVersion, `reads only "${reading.text}" of it`)
  return reading.parts
}

function unreadable(config: BumpConfig, name: string, version: string, how: string): UserError {
  return new UserError(
    `BUMP_VERSION_UNREADABLE: ${name} is "${version}", but parse "${config.parse}" of ${config.path} ${how}; correct the version or parse`,
  )
}

function ownPrefix(reading: VersionReading, written: string): string {
  return written.startsWith(reading.before) ? '' : reading.before
}

interface Versions {
  readonly reading: VersionReading
  readonly nextParts: Parts
  readonly scheme: VersionScheme
  readonly context: BumpContext
  readonly own: Readonly<Record<string, string>>
  readonly current: string
}

function formatsContext(versions: Versions, formats: readonly string[], where: string): TemplateContext {
  const { context, own, scheme } = versions
  const base = templateContext(context, { ...own, current_version: versions.current })
  const write = (parts: Parts): string =>
    explainTemplate(where, () => serializeVersion(scheme, parts, formats, base))
  return templateContext(context, {
    ...own,
    current_version: write(versions.reading.parts),
    new_version: write(versions.nextParts),
  })
}

/** The next bump starts from what this one writes, so `parse` must find the same parts in it. */
function warningsOf(config: BumpConfig, scheme: VersionScheme, parts: Parts, next: string): string[] {
  const reading = readVersion(config, scheme, next)
  const same =
    reading &&
    reading.before + reading.after === '' &&
    scheme.order.every(name => sameValue(reading.parts[name], parts[name]))
  if (same) return []
  return [`${next} is not read back by parse "${config.parse}"; the bump after this one may fail`]
}

/** A format such as `{minor:02d}` may write a number with zeros in front. */
function sameValue(read: string | undefined, meant: string | undefined): boolean {
  const plain = (value = ''): string => value.replace(/^0+(?=\d+$)/, '')
  return plain(read) === plain(meant)
}

function firstDifference(scheme: VersionScheme, before: Parts, after: Parts): string | undefined {
  return scheme.order.find(name => before[name] !== after[name])
}

function prefixed(prefix: string, parts: Parts): Record<string, string> {
  return Object.fromEntries(Object.entries(parts).map(([name, value]) => [prefix + name, value]))
}
