import { arrayOf, isTable, stringOf, type Table, tableOf } from '@tokenledger/python-project'
import type { TomlFile } from '../model/toml-file.ts'

export interface BumpFile {
  readonly index: number
  readonly filename: string
  readonly search: string
  readonly regex: boolean
}

export interface BumpSettings {
  readonly currentVersion: string | undefined
  readonly files: readonly BumpFile[]
}

/** `[tool.bumpversion]` of pyproject.toml; undefined where there is none. */
export function bumpSettings({ table }: TomlFile): BumpSettings | undefined {
  const settings = tableOf(table.tool).bumpversion
  if (!isTable(settings)) return undefined
  return {
    currentVersion: stringOf(settings.current_version),
    files: arrayOf(settings.files).flatMap((entry, index) => bumpFile(tableOf(entry), index, settings)),
  }
}

function bumpFile(entry: Table, index: number, settings: Table): BumpFile[] {
  const filename = stringOf(entry.filename)
  if (filename === undefined) return []
  const search = stringOf(entry.search) ?? stringOf(settings.search) ?? '{current_version}'
  return [{ index, filename, search, regex: (entry.regex ?? settings.regex) === true }]
}
