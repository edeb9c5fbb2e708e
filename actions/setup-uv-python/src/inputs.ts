import { resolve } from 'node:path'
import { inputs as read, UserError } from '@tokenledger/kit'

const INSTALL_MODES = ['auto', 'locked', 'frozen', 'unlocked', 'none'] as const
const RESOLUTIONS = ['locked', 'lowest-direct', 'highest'] as const
const CONTENTS = ['auto', 'all', 'built', 'venv'] as const
const UV_SOURCES = ['path', 'tool-cache', 'mirror', 'github', 'pypi'] as const
const CACHE_MODES = ['auto', 'true', 'false', 'read'] as const

export type InstallMode = (typeof INSTALL_MODES)[number]
export type Resolution = (typeof RESOLUTIONS)[number]
export type CacheContent = (typeof CONTENTS)[number]
export type CacheInput = (typeof CACHE_MODES)[number]

/** Which extras or groups: all of them, the project's own default (groups only), or exactly these. */
export type Selection =
  | { readonly kind: 'all' }
  | { readonly kind: 'default' }
  | { readonly kind: 'these'; readonly names: readonly string[] }

/** What goes into the environment; two jobs with the same value here can share a cache entry. */
export interface InstallSet {
  readonly extras: Selection
  readonly groups: Selection
  readonly project: 'editable' | 'none'
  readonly resolution: Resolution
}

export interface UvInputs {
  /** An exact version, a range, `latest`, or empty for "decide from the project". */
  readonly version: string
  readonly checksum: string
  readonly verify: 'known' | 'manifest'
  readonly sources: (typeof UV_SOURCES)[number][]
  readonly mirror: string
  readonly githubToken: string
}

export interface SetupInputs {
  readonly pythonVersion: string
  readonly uv: UvInputs
  /** Absolute. */
  readonly workingDirectory: string
  readonly install: InstallMode
  readonly set: InstallSet
  /** As written; relative to the working directory. */
  readonly venv: string
  readonly activate: boolean
  readonly cache: { readonly mode: CacheInput; readonly content: CacheContent; readonly suffix: string }
}

/** Reads and checks all inputs; the only place that does. A value outside of its list is a UserError that shows the list. */
export function readInputs(workspace: string): SetupInputs {
  const install = read.oneOf('install', INSTALL_MODES, 'auto')
  const resolution = read.oneOf('resolution', RESOLUTIONS, 'locked')
  if (resolution !== 'locked' && (install === 'locked' || install === 'frozen')) {
    throw new UserError(
      `Input install is "${install}", but resolution "${resolution}" does not use uv.lock; ` +
        'allowed with it: auto, unlocked, none.',
    )
  }
  return {
    pythonVersion: read.optional('python-version'),
    uv: readUvInputs(),
    workingDirectory: resolve(workspace, read.optional('working-directory', '.')),
    install,
    set: {
      extras: selection(read.list('extras'), { kind: 'these', names: [] }),
      groups: selection(read.list('groups'), { kind: 'default' }),
      project: read.oneOf('project', ['editable', 'none'], 'editable'),
      resolution,
    },
    venv: read.optional('venv', '.venv'),
    activate: read.flag('activate', true),
    cache: {
      mode: read.oneOf('cache', CACHE_MODES, 'auto'),
      content: read.oneOf('cache-content', CONTENTS, 'auto'),
      suffix: matching('cache-suffix', /^[\w.-]{0,64}$/, 'up to 64 letters, digits, ".", "_", "-"'),
    },
  }
}

function readUvInputs(): UvInputs {
  const sources = read.list('uv-source')
  const unknown = sources.find(source => !(UV_SOURCES as readonly string[]).includes(source))
  if (unknown !== undefined) {
    throw new UserError(`Input uv-source is "${unknown}"; allowed: ${UV_SOURCES.join(', ')}.`)
  }
  return {
    version: read.optional('uv-version'),
    checksum: matching('uv-checksum', /^([0-9a-f]{64})?$/i, '64 hexadecimal digits').toLowerCase(),
    verify: read.oneOf('uv-verify', ['known', 'manifest'], 'known'),
    sources: sources.length > 0 ? (sources as UvInputs['sources']) : [...UV_SOURCES],
    mirror: read.optional('uv-mirror'),
    githubToken: read.optional('github-token'),
  }
}

function selection(names: readonly string[], whenEmpty: Selection): Selection {
  if (names.length === 0) return whenEmpty
  if (names.includes('*')) return { kind: 'all' }
  return { kind: 'these', names: names.length === 1 && names[0] === 'none' ? [] : names }
}

function matching(name: string, pattern: RegExp, allowed: string): string {
  const value = read.optional(name)
  if (pattern.test(value)) return value
  throw new UserError(`Input ${name} is "${value}"; allowed: ${allowed}.`)
}
