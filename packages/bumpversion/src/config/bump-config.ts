import type { PartRule } from '../version/part.ts'

/** One entry of `files`: where the version stands, and how it is written there. */
export interface FileChange {
  readonly filename?: string
  /** Wins over `filename`. */
  readonly glob?: string
  readonly globExclude: readonly string[]
  readonly serialize: readonly string[]
  readonly search: string
  readonly replace: string
  readonly regex: boolean
  readonly ignoreMissingVersion: boolean
  readonly ignoreMissingFile: boolean
  /** Parts whose bump changes this file; empty means all. */
  readonly includeBumps: readonly string[]
  readonly excludeBumps: readonly string[]
}

/** What the configuration says about commit and tag. Read and reported here, carried out by nobody here. */
export interface ScmSettings {
  readonly commit: boolean
  readonly message: string
  readonly commitArgs: string | undefined
  readonly tag: boolean
  readonly signTags: boolean
  readonly tagName: string
  /** Empty for a lightweight tag. */
  readonly tagMessage: string
  readonly moveableTags: readonly string[]
  readonly allowDirty: boolean
}

/** The whole configuration of bump-my-version, with its defaults filled in. */
export interface BumpConfig {
  /** The file that it was read from, as given to `read`. */
  readonly path: string
  /** From the environment, the file, or the static `project.version`; what else there is, the caller knows. */
  readonly currentVersion: string | undefined
  readonly parse: string
  readonly serialize: readonly string[]
  readonly parts: Readonly<Record<string, PartRule>>
  readonly files: readonly FileChange[]
  readonly scm: ScmSettings
  /** Commands of setup_hooks, pre_commit_hooks and post_commit_hooks; never run by this package. */
  readonly hooks: readonly string[]
}

export const DEFAULT_PARSE = '(?P<major>\\d+)\\.(?P<minor>\\d+)\\.(?P<patch>\\d+)'
export const DEFAULT_SERIALIZE: readonly string[] = ['{major}.{minor}.{patch}']
export const DEFAULT_SEARCH = '{current_version}'
export const DEFAULT_REPLACE = '{new_version}'
export const DEFAULT_TAG_NAME = 'v{new_version}'
export const DEFAULT_MESSAGE = 'Bump version: {current_version} → {new_version}'
