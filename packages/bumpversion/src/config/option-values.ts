import { UserError } from '@tokenledger/kit'
import type { RawTable } from './raw-config.ts'

/** Reads the options of one table, each with the type it must have; `where` names the table in errors. */
export interface OptionReader {
  text(name: string): string | undefined
  flag(name: string): boolean | undefined
  /** INI has no lists: one entry a line, or else separated by commas. */
  list(name: string): readonly string[] | undefined
}

/** What pydantic, which reads the tool's configuration, takes for true and false. */
const FLAGS: Readonly<Record<string, boolean>> = {
  ...Object.fromEntries(['1', 'true', 't', 'yes', 'y', 'on'].map(word => [word, true])),
  ...Object.fromEntries(['0', 'false', 'f', 'no', 'n', 'off'].map(word => [word, false])),
}

export function optionsOf(table: RawTable, where: string): OptionReader {
  const wrong = (name: string, wanted: string): UserError =>
    new UserError(
      `BUMP_CONFIG_INVALID: ${where}: ${name} must be ${wanted}, not ${JSON.stringify(table[name])}`,
    )
  return {
    text(name) {
      const value = table[name]
      if (value === undefined) return undefined
      if (typeof value === 'number' || typeof value === 'bigint') return String(value)
      if (typeof value !== 'string') throw wrong(name, 'a text')
      return value
    },
    flag(name) {
      const value = table[name]
      if (value === undefined) return undefined
      const flag = typeof value === 'object' ? undefined : FLAGS[String(value).toLowerCase()]
      if (flag === undefined) throw wrong(name, 'true or false')
      return flag
    },
    list(name) {
      const value = table[name]
      if (value === undefined) return undefined
      if (typeof value === 'string') return listOfText(value)
      if (!Array.isArray(value) || value.some(item => typeof item === 'object'))
        throw wrong(name, 'a list of texts')
      return value.map(String)
    },
  }
}

function listOfText(text: string): readonly string[] {
  if (text.trim() === '') return []
  return text.includes('\n') ? text.trim().split('\n') : text.split(',')
}
