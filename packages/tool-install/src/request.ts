/** Where a uv can come from, in the words of the input `uv-source`. */
export type UvSource = 'path' | 'tool-cache' | 'mirror' | 'github' | 'pypi'

export interface UvRequest {
  /**
   * '' for {@link DEFAULT_UV_VERSION}; an exact version; a PEP 440 or semver-like range (`>=0.11,<0.13`, `0.12.x`,
   * `^0.12.1`); or `latest`.
   */
  readonly specifier: string
  /** Where the specifier comes from (`input uv-version`, `required-version in pyproject.toml`); for log and errors. */
  readonly reason: string
  /** The user's SHA-256 of the release archive, in hex. Wheels are held to the other digests. */
  readonly checksum?: string
  /** `known`: only a digest of our source, of uv.lock or from the user counts. `manifest`: else what the source states. */
  readonly verify: 'known' | 'manifest'
  /** Asked in this order; the first that has a fitting uv wins. */
  readonly sources: readonly UvSource[]
  /** Base of Astral's mirror; else UV_ASTRAL_MIRROR_URL, else Astral's own. */
  readonly mirror?: string
  /** Sent to the origin of the `github` source and nowhere else. */
  readonly githubToken?: string
  /** The wheels of uv in the project's uv.lock. */
  readonly lockedWheels?: ReadonlyArray<{ readonly filename: string; readonly sha256: string }>
  /** An interpreter whose pip may be asked when no package index is configured. */
  readonly python?: string
}

export interface InstalledUv {
  readonly version: string
  /** Absolute path of the executable. */
  readonly path: string
  /** The directory that holds it, for PATH. */
  readonly directory: string
  readonly source: UvSource
  /** Why this version: the request's reason and, for a range, what chose within it. */
  readonly reason: string
  /** Wall time of the whole acquisition in ms. */
  readonly ms: number
  /** Bytes downloaded; 0 when nothing was. */
  readonly bytes: number
}

/** The uv that this release of the action was made and tested with. */
export const DEFAULT_UV_VERSION = '0.12.5'
