import { UserError } from '@tokenledger/kit'
import { parse as parseTomlText, TomlError } from 'smol-toml'
import { type IniSection, interpolated, parseIni } from './ini.ts'

export type RawTable = Readonly<Record<string, unknown>>

/** Options as they were written in TOML or INI, where every value is still a text. */
export interface RawConfig {
  readonly options: RawTable
  readonly files: readonly RawTable[]
  readonly parts: Readonly<Record<string, RawTable>>
}

/** The whole document, to find other values in it. UserError with `path:line:column` for a syntax error. */
export function parseToml(text: string, path: string): RawTable {
  try {
    return parseTomlText(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    const words = error.message.split('\n', 1)[0]?.replace(/^Invalid TOML document: /, '')
    throw new UserError(`${path}:${error.line}:${error.column}: not valid TOML: ${words}. Correct this line.`)
  }
}

/** `[tool.bumpversion]` of a TOML document. */
export function rawFromToml(document: RawTable, path: string): RawConfig {
  const options = tableOf(tableOf(document.tool).bumpversion)
  const files = options.files ?? []
  if (!Array.isArray(files) || !files.every(isTable))
    throw new UserError(
      `BUMP_CONFIG_INVALID: ${path}: tool.bumpversion.files must be a list of tables; write [[tool.bumpversion.files]]`,
    )
  return { options, files, parts: mapTables(options.parts) }
}

/** The `bumpversion` sections of an INI file. setup.cfg is read with interpolation, as the tool does. */
export function rawFromIni(text: string, path: string): RawConfig {
  const options: Record<string, unknown> = {}
  const files: RawTable[] = []
  const parts: Record<string, RawTable> = {}
  for (const [section, written] of Object.entries(parseIni(text, path))) {
    if (!section.startsWith('bumpversion')) continue
    const table = iniTable(written, section, path)
    const [, kind = '', name] = section.split(':')
    if (kind !== '' && name === undefined)
      throw new UserError(
        `BUMP_CONFIG_INVALID: ${path}: [${section}] lacks a name; write [bumpversion:${kind}:name]`,
      )
    if (name === undefined) Object.assign(options, table)
    else if (kind.startsWith('file')) files.push({ filename: name, ...table })
    else if (kind.startsWith('glob')) files.push({ glob: name, ...table })
    else if (kind.startsWith('part')) parts[name] = table
  }
  return { options, files, parts }
}

/** A value may start on the line below its name; `None` is how the tool writes nothing. */
function iniTable(written: IniSection, section: string, path: string): RawTable {
  const isSetup = path.split('/').at(-1) === 'setup.cfg'
  const values = isSetup ? interpolated(written, `${path}: [${section}]`) : written
  const table = Object.entries(values).map(([name, value]) => [name, value.trim()] as const)
  return Object.fromEntries(table.filter(([, value]) => value !== 'None'))
}

export function tableOf(value: unknown): RawTable {
  return isTable(value) ? value : {}
}

export function isTable(value: unknown): value is RawTable {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}

function mapTables(value: unknown): Readonly<Record<string, RawTable>> {
  return Object.fromEntries(Object.entries(tableOf(value)).map(([name, table]) => [name, tableOf(table)]))
}
