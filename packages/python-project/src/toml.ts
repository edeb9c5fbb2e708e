import { UserError } from '@tokenledger/kit'
import { parse, TomlError } from 'smol-toml'

export type Table = Readonly<Record<string, unknown>>

/** Parses TOML; a syntax error is a UserError that starts with `path:line:column` and carries the parser's words. */
export function parseToml(text: string, path: string): Table {
  try {
    return parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    const words = error.message.split('\n', 1)[0]?.replace(/^Invalid TOML document: /, '')
    throw new UserError(`${path}:${error.line}:${error.column}: not valid TOML: ${words}. Correct this line.`)
  }
}

/** The value as a table, or an empty one when it is anything else. */
export function tableOf(value: unknown): Table {
  return isTable(value) ? value : {}
}

export function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}

export function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** The strings of an array; what is not a string is left to the build backend to complain about. */
export function stringsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter(item => typeof item === 'string') : []
}

export function arrayOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** A table whose values are converted one by one. */
export function mapTable<T>(value: unknown, convert: (value: unknown, key: string) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(tableOf(value)).map(([key, entry]) => [key, convert(entry, key)]))
}
