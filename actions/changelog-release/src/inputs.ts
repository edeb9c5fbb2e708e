import { resolve } from 'node:path'
import { Mistakes, mask, inputs as read } from '@tokenledger/kit'

const PHASES = ['all', 'verify', 'notes', 'prepare', 'publish'] as const
const SOURCES = ['auto', 'changelog', 'git-cliff', 'github'] as const
const BY_VERSION = ['auto', 'true', 'false'] as const
const CONFLICTS = ['replace', 'fail'] as const

export type Phase = (typeof PHASES)[number]
export type NotesSource = (typeof SOURCES)[number]
/** `auto`: the version decides. */
export type ByVersion = (typeof BY_VERSION)[number]

export interface ReleaseInputs {
  readonly phase: Phase
  /** Empty for the tag that the run is at. */
  readonly tag: string
  /** Patterns, one each. */
  readonly files: readonly string[]
  readonly notesSource: NotesSource
  /** Relative to the folder. */
  readonly changelog: string
  /** Relative to the folder. */
  readonly cliffConfig: string
  readonly gitCliffVersion: string
  /** Empty for the one that the versions tell. */
  readonly previousTag: string
  readonly prerelease: ByVersion
  readonly makeLatest: ByVersion
  /** With `{tag}` and `{version}`. */
  readonly name: string
  /** Absolute. */
  readonly workspace: string
  /** Of the package within the workspace, with forward slashes; '' for the workspace itself. */
  readonly folder: string
  readonly tagFormat: string
  /** Name of the file; empty for none. */
  readonly checksums: string
  /** JSON; empty for none. */
  readonly expectedDigests: string
  readonly verifyVersion: boolean
  /** Names and patterns of branches; undefined for the default branch, empty for none. */
  readonly verifyAncestor: readonly string[] | undefined
  readonly verifyIndex: boolean
  /** Empty for pip's. */
  readonly indexUrl: string
  readonly verifyAttestations: boolean
  readonly onConflict: (typeof CONFLICTS)[number]
  /** Empty for none. */
  readonly discussionCategory: string
  readonly allowEmptyNotes: boolean
  readonly allowCommands: boolean
  readonly token: string
  readonly dryRun: boolean
  readonly summary: boolean
}

/** Hides the token, before anything is printed that could hold it. */
export function maskToken(): void {
  const token = read.optional('github-token')
  if (token) mask(token)
}

/** Reads and checks all inputs; the only place that does. Throws one UserError that holds every mistake, one a line. */
export function readInputs(env: NodeJS.ProcessEnv): ReleaseInputs {
  const mistakes = new Mistakes()
  const oneOf = <const T extends string>(name: string, allowed: readonly T[], fallback: T): T =>
    mistakes.collect(() => read.oneOf(name, allowed, fallback), fallback)
  const flag = (name: string, fallback: boolean) =>
    mistakes.collect(() => read.flag(name, fallback), fallback)
  const workspace = resolve(env.GITHUB_WORKSPACE ?? '.')
  const result: ReleaseInputs = {
    phase: oneOf('phase', PHASES, 'all'),
    tag: read.optional('tag').replace(/^refs\/tags\//, ''),
    files: lines('files'),
    notesSource: oneOf('notes-source', SOURCES, 'auto'),
    changelog: read.optional('changelog', 'CHANGELOG.md'),
    cliffConfig: read.optional('cliff-config', 'cliff.toml'),
    gitCliffVersion: read.optional('git-cliff-version', '2.13.1'),
    previousTag: read.optional('previous-tag'),
    prerelease: oneOf('prerelease', BY_VERSION, 'auto'),
    makeLatest: oneOf('make-latest', BY_VERSION, 'auto'),
    name: read.optional('name', '{tag}'),
    workspace,
    folder: mistakes.collect(() => read.folder('path', workspace), ''),
    tagFormat: read.optional('tag-format', 'v{version}'),
    checksums: read.orNone('checksums', 'SHA256SUMS'),
    expectedDigests: read.optional('expected-digests'),
    verifyVersion: flag('verify-version', true),
    verifyAncestor: branches(),
    verifyIndex: flag('verify-index', false),
    indexUrl: read.optional('index-url'),
    verifyAttestations: flag('verify-attestations', false),
    onConflict: oneOf('on-conflict', CONFLICTS, 'replace'),
    discussionCategory: read.optional('discussion-category'),
    allowEmptyNotes: flag('allow-empty-notes', false),
    allowCommands: flag('allow-commands', false),
    token: read.optional('github-token'),
    dryRun: flag('dry-run', false),
    summary: flag('summary', true),
  }
  mistakes.add(contradictions(result))
  mistakes.throwIfAny()
  return result
}

function lines(name: string): string[] {
  return read
    .optional(name)
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(Boolean)
}

function branches(): string[] | undefined {
  const named = read.list('verify-ancestor')
  if (named.length === 0) return undefined
  return named.length === 1 && named[0] === 'none' ? [] : named
}

/** Inputs that are good by themselves and make no sense together. */
function contradictions(inputs: ReleaseInputs): string[] {
  const { token, makeLatest, prerelease, checksums } = inputs
  return [
    ...(token ? [] : ['Input github-token is empty; without it nothing can be asked of GitHub.']),
    ...(makeLatest === 'true' && prerelease === 'true'
      ? ['Inputs make-latest and prerelease are both true; GitHub takes no prerelease as the latest release.']
      : []),
    ...(/[\\/]/.test(checksums)
      ? [`Input checksums is "${checksums}"; give the name of a file, such as SHA256SUMS, or none.`]
      : []),
  ]
}
