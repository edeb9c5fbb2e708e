import { UserError } from '@tokenledger/kit'
import { compilePattern } from '../python-regex/compile.ts'
import { InvalidPattern } from '../python-regex/nodes.ts'
import { refuseUnsupported } from '../python-regex/refusal.ts'
import { type PartRule, PLAIN_PART } from '../version/part.ts'
import {
  type BumpConfig,
  DEFAULT_MESSAGE,
  DEFAULT_PARSE,
  DEFAULT_REPLACE,
  DEFAULT_SEARCH,
  DEFAULT_SERIALIZE,
  DEFAULT_TAG_NAME,
  type FileChange,
  type ScmSettings,
} from './bump-config.ts'
import { type OptionReader, optionsOf } from './option-values.ts'
import type { RawConfig, RawTable } from './raw-config.ts'

/** Fills in the defaults; a file entry inherits what it does not say from the options. Unknown options are ignored. */
export function settingsOf(
  raw: RawConfig,
  path: string,
  projectVersion: string | undefined,
  forTool = false,
): BumpConfig {
  const options = optionsOf(raw.options, path)
  const parse = options.text('parse') ?? DEFAULT_PARSE
  const serialize = options.list('serialize') ?? DEFAULT_SERIALIZE
  if (serialize.length === 0)
    throw new UserError(`BUMP_CONFIG_INVALID: ${path}: serialize must hold a format`)
  return {
    path,
    currentVersion: options.text('current_version') ?? projectVersion,
    parse,
    serialize,
    parts: forTool ? {} : partsOf(parse, raw, path),
    files: raw.files.map((file, index) => fileChange(file, options, serialize, `${path}: files[${index}]`)),
    scm: scmSettings(options),
    hooks: ['setup_hooks', 'pre_commit_hooks', 'post_commit_hooks'].flatMap(name => options.list(name) ?? []),
  }
}

function scmSettings(options: OptionReader): ScmSettings {
  return {
    commit: options.flag('commit') ?? false,
    message: options.text('message') ?? DEFAULT_MESSAGE,
    commitArgs: options.text('commit_args'),
    tag: options.flag('tag') ?? false,
    signTags: options.flag('sign_tags') ?? false,
    tagName: options.text('tag_name') ?? DEFAULT_TAG_NAME,
    tagMessage: options.text('tag_message') ?? DEFAULT_MESSAGE,
    moveableTags: options.list('moveable_tags') ?? [],
    allowDirty: options.flag('allow_dirty') ?? false,
  }
}

function fileChange(
  table: RawTable,
  general: OptionReader,
  serialize: readonly string[],
  where: string,
): FileChange {
  const own = optionsOf(table, where)
  const filename = own.text('filename')
  const glob = own.text('glob')
  if (!filename && !glob)
    throw new UserError(`BUMP_CONFIG_INVALID: ${where} names no file; give filename or glob`)
  const formats = own.list('serialize') ?? []
  return {
    ...(filename ? { filename } : {}),
    ...(glob ? { glob } : {}),
    globExclude: own.list('glob_exclude') ?? [],
    serialize: formats.length > 0 ? formats : serialize,
    search: own.text('search') || general.text('search') || DEFAULT_SEARCH,
    replace: own.text('replace') ?? general.text('replace') ?? DEFAULT_REPLACE,
    regex: own.flag('regex') ?? general.flag('regex') ?? false,
    ignoreMissingVersion:
      own.flag('ignore_missing_version') ?? general.flag('ignore_missing_version') ?? false,
    ignoreMissingFile: own.flag('ignore_missing_file') ?? general.flag('ignore_missing_files') ?? false,
    includeBumps: own.list('include_bumps') ?? [],
    excludeBumps: own.list('exclude_bumps') ?? [],
  }
}

/** The parts are the named groups of `parse`, in its order; a rule for a part that is no group is ignored. */
function partsOf(parse: string, raw: RawConfig, path: string): Readonly<Record<string, PartRule>> {
  const names = groupNames(parse, path)
  if (names.length === 0)
    throw new UserError(`BUMP_CONFIG_INVALID: ${path}: parse has no named group such as (?P<major>\\d+)`)
  return Object.fromEntries(
    names.map(name => [
      name,
      raw.parts[name] ? partRule(raw.parts[name], `${path}: parts.${name}`) : PLAIN_PART,
    ]),
  )
}

function groupNames(parse: string, path: string): string[] {
  try {
    const { names } = refuseUnsupported('parse', () => compilePattern(parse, { verbose: true }))
    return [...names.keys()]
  } catch (error) {
    if (!(error instanceof InvalidPattern)) throw error
    throw new UserError(
      `BUMP_CONFIG_INVALID: ${path}: parse is not a regular expression of Python: ${error.message}`,
    )
  }
}

function partRule(table: RawTable, where: string): PartRule {
  const own = optionsOf(table, where)
  const values = own.list('values')
  const [optionalValue, firstValue] = [own.text('optional_value'), own.text('first_value')]
  const [calverFormat, dependsOn] = [own.text('calver_format'), own.text('depends_on')]
  return {
    ...(values ? { values } : {}),
    ...(optionalValue === undefined ? {} : { optionalValue }),
    ...(firstValue === undefined ? {} : { firstValue }),
    independent: own.flag('independent') ?? false,
    alwaysIncrement: own.flag('always_increment') ?? Boolean(calverFormat),
    ...(calverFormat ? { calverFormat } : {}),
    ...(dependsOn ? { dependsOn } : {}),
  }
}
