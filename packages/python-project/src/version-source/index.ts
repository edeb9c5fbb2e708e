export {
  computedVersion,
  findVersionSources,
  type VersionEdit,
  versionEdits,
} from './find-version-sources.ts'
export type { ReadText } from './folder.ts'
export type { ComputedVersion } from './project-version.ts'
export { statedVersions } from './stated-versions.ts'
export type { SourceKind, VersionSource } from './version-source.ts'
