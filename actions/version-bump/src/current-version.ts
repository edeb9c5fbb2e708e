import { type BumpConfig, readBumpConfig } from '@tokenledger/bumpversion'
import { UserError } from '@tokenledger/kit'
import {
  computedVersion,
  findVersionSources,
  statedVersions,
  type VersionSource,
} from '@tokenledger/python-project'
import { compareVersions, parseVersion, type Version } from '@tokenledger/versioning'
import type { BumpInputs } from './inputs.ts'
import type { ProjectFiles } from './project-files.ts'

/** The version that the tree has, and all places that hold it. */
export interface CurrentVersion {
  /** As it is written. */
  readonly text: string
  readonly version: Version
  /** What says so: `path of [tool.hatch.version] in pyproject.toml`. */
  readonly reason: string
  /** Of bump-my-version; undefined when the project has none, and needs none. */
  readonly config: BumpConfig | undefined
  readonly sources: readonly VersionSource[]
}

/**
 * Finds the version without any configuration, or with that of bump-my-version. A UserError when places that say what the version
 * is disagree, when none does, or when it is no version.
 */
export function currentVersion(
  files: ProjectFiles,
  { folder, configFile, engine }: BumpInputs,
  env: NodeJS.ProcessEnv,
): CurrentVersion {
  const inFolder = (path: string) => files.read(folder ? `${folder}/${path}` : path)
  const config = readBumpConfig(inFolder, {
    ...(configFile ? { configFile } : {}),
    env,
    forTool: engine === 'bump-my-version',
  })
  const sources = findVersionSources(files.read, folder)
  const said = [
    ...(config?.currentVersion ? [{ where: config.path, text: config.currentVersion }] : []),
    ...statedVersions(files.read, sources).map(({ path, line, version }) => ({
      where: `${path}:${line}`,
      text: version,
    })),
  ]
  const [first] = said
  if (!first) throw unknown(files, folder)
  const [text, version] = [first.text, requireVersion(first.text, first.where)]
  const other = said.find(each => compareVersions(requireVersion(each.text, each.where), version) !== 0)
  if (other) {
    throw new UserError(
      `BUMP_SOURCES_DISAGREE: ${first.where} says ${text}, and ${other.where} says ${other.text}; set them to the same version first`,
    )
  }
  const [source] = sources
  const reason = config?.currentVersion
    ? `current_version of ${config.path}`
    : (source?.reason ?? config?.path ?? '')
  return { text, version, reason, config, sources }
}

function requireVersion(text: string, where: string): Version {
  const version = parseVersion(text)
  if (version) return version
  throw new UserError(
    `BUMP_VERSION_UNREADABLE: ${where} says "${text}", which is no version of PEP 440; tags and package indexes take no other`,
  )
}

function unknown(files: ProjectFiles, folder: string): UserError {
  const computed = computedVersion(files.read, folder)
  const where = folder || 'the repository'
  return new UserError(
    computed
      ? `BUMP_VERSION_COMPUTED: ${computed.reason}; there is nothing to bump. Give new-version and mode: tag`
      : `BUMP_VERSION_UNKNOWN: nothing in ${where} says a version: neither pyproject.toml, nor a module that it names, nor package.json, nor [tool.bumpversion]; set path`,
  )
}
