import { createHash } from 'node:crypto'
import type { InstallSet, Selection } from './inputs.ts'

export interface CacheKey {
  readonly primary: string
  /** Matches older entries for the same machine, Python and install set; `uv sync` then fetches the difference. */
  readonly restorePrefix: string
}

export interface KeyParts {
  /** The runner image (`ubuntu24`), or id and version of the distribution. */
  readonly image: string
  readonly arch: string
  readonly libc: 'glibc' | 'musl' | 'none'
  /** `3.11`; wheels are per minor, so a patch release of Python keeps the entry. */
  readonly pythonMinor: string
  readonly freeThreaded: boolean
  readonly set: string
  readonly lock: string
  readonly suffix: string
}

/** `tls1-<image>-<arch>[-musl]-py3.11[t]-<set:12>-<lock:16>[-suffix]`. The uv version is not in it: uv versions its buckets. */
export function cacheKey(parts: KeyParts): CacheKey {
  const libc = parts.libc === 'musl' ? '-musl' : ''
  const python = `py${parts.pythonMinor}${parts.freeThreaded ? 't' : ''}`
  const restorePrefix = `tls1-${parts.image}-${parts.arch}${libc}-${python}-${parts.set}-`
  return { restorePrefix, primary: `${restorePrefix}${parts.lock}${parts.suffix ? `-${parts.suffix}` : ''}` }
}

/** An environment holds absolute paths and compiled code, so an entry of `venv` content fits exactly one of these. */
export interface VenvIdentity {
  readonly pythonVersion: string
  readonly pythonPath: string
  readonly venv: string
}

/** 12 hex digits over what is installed and what an entry holds. */
export function setHash(set: InstallSet, content: string, venv?: VenvIdentity): string {
  const { project, resolution } = set
  const extras = sorted(set.extras)
  const groups = sorted(set.groups)
  return sha256(canonicalJson({ extras, groups, project, resolution, content, venv: venv ?? null })).slice(
    0,
    12,
  )
}

function sorted(selection: Selection): Selection {
  return selection.kind === 'these' ? { kind: 'these', names: [...selection.names].sort() } : selection
}

/** 16 hex digits for an install from uv.lock; `sha256` is that of the file's bytes. */
export function lockHash(lock: { readonly sha256: string }): string {
  return lock.sha256.slice(0, 16)
}

/** The tables of pyproject.toml that a resolution starts from; a linter setting or a new version does not miss. */
export interface ResolutionTables {
  readonly dependencies: unknown
  readonly extras: unknown
  readonly groups: unknown
  readonly buildSystem: unknown
}

/** 16 hex digits for an install without a lock: the requirements and the ISO week, so that entries follow new releases. */
export function unlockedHash(tables: ResolutionTables, today: Date): string {
  return sha256(`${canonicalJson(tables)}\n${isoWeek(today)}`).slice(0, 16)
}

/** ISO 8601 week in UTC: `2026-W01`; a week belongs to the year of its Thursday. */
export function isoWeek(date: Date): string {
  const day = 86_400_000
  const midnight = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate())
  const thursday = midnight + (4 - (date.getUTCDay() || 7)) * day
  const year = new Date(thursday).getUTCFullYear()
  const week = 1 + Math.floor((thursday - Date.UTC(year, 0, 1)) / (7 * day))
  return `${year}-W${String(week).padStart(2, '0')}`
}

/** JSON with the keys of every object in order, so that equal values have equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, entry: unknown) =>
    typeof entry === 'object' && entry !== null && !Array.isArray(entry)
      ? Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)))
      : entry,
  )
}

export interface MachineFacts {
  /** `ImageOS` of a hosted runner. */
  readonly imageOs: string | undefined
  /** Text of /etc/os-release, or empty. */
  readonly osRelease: string
  readonly platform: NodeJS.Platform
  /** Kernel release, as os.release() gives it. */
  readonly release: string
}

/** The machine part of the key: `ubuntu24` of a hosted image, `debian12` of a container, `darwin24` elsewhere. */
export function imageName({ imageOs, osRelease, platform, release }: MachineFacts): string {
  if (imageOs) return clean(imageOs)
  const field = (name: string) => new RegExp(`^${name}="?([^"\\n]*)`, 'm').exec(osRelease)?.[1] ?? ''
  const distribution = `${field('ID')}${field('VERSION_ID')}`
  return clean(platform === 'linux' && distribution ? distribution : `${platform}${release.split('.')[0]}`)
}

/** Keys may not hold commas; everything unusual goes. */
function clean(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9._]/g, '')
}

function sha256(data: string): string {
  return createHash('sha256').update(data).digest('hex')
}
