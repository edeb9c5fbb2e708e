import { UserError } from '@tokenledger/kit'

export type IniSection = Readonly<Record<string, string>>
export type IniFile = Readonly<Record<string, IniSection>>

/** A line that opens a section, and one that sets an option, after docs.python.org/3/library/configparser.html. */
const SECTION = /^\[(.+)\]/
const OPTION = /^(.*?)\s*[=:]\s*(.*)$/s

/**
 * Reads an INI file as Python's `configparser` does: option names in lower case, values over several indented lines,
 * `#` and `;` lines left out, `[DEFAULT]` added to every section. `%(name)s` is left as it stands.
 */
export function parseIni(text: string, path: string): IniFile {
  const { sections, defaults } = readSections(text, path)
  return Object.fromEntries(
    [...sections].map(([name, options]) => [name, valuesOf(new Map([...defaults, ...options]))]),
  )
}

type Options = Map<string, string[]>

function readSections(text: string, path: string): { sections: Map<string, Options>; defaults: Options } {
  const sections = new Map<string, Options>()
  const defaults: Options = new Map()
  let options: Options | undefined
  let value: string[] | undefined
  let indent = 0
  text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .forEach((line, index) => {
      const trimmed = line.trim()
      const where = `${path}:${index + 1}`
      if (trimmed.startsWith('#') || trimmed.startsWith(';')) return
      if (trimmed === '') {
        value?.push('')
        return
      }
      const depth = line.length - line.trimStart().length
      if (value && depth > indent) {
        value.push(trimmed)
        return
      }
      indent = depth
      const header = SECTION.exec(trimmed)?.[1]
      if (header !== undefined) {
        if (sections.has(header)) throw broken(where, `the section [${header}] is there twice`)
        options = header === 'DEFAULT' ? defaults : new Map()
        if (header !== 'DEFAULT') sections.set(header, options)
        value = undefined
        return
      }
      const option = OPTION.exec(trimmed)
      if (!option?.[1] || !options)
        throw broken(where, `"${trimmed}" is neither a section nor "name = value"`)
      const name = option[1].toLowerCase()
      if (options.has(name)) throw broken(where, `the option ${name} is there twice`)
      value = [option[2] ?? '']
      options.set(name, value)
    })
  return { sections, defaults }
}

function valuesOf(options: Options): IniSection {
  return Object.fromEntries([...options].map(([name, lines]) => [name, lines.join('\n').trimEnd()]))
}

/** Fills in `%(name)s` and `%%` in the values of one section, at most ten deep (`configparser.BasicInterpolation`). */
export function interpolated(options: IniSection, where: string): IniSection {
  const resolve = (text: string, depth: number): string =>
    text.replace(/%(?:%|\(([^)]*)\)s|)/g, (written, name: string | undefined) => {
      if (written === '%%') return '%'
      const value = name === undefined ? undefined : options[name.toLowerCase()]
      if (value === undefined || depth > 10)
        throw broken(
          where,
          `"${written === '%' ? text : written}" cannot be filled in; write %% for a percent sign`,
        )
      return resolve(value, depth + 1)
    })
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [name, resolve(value, 1)]))
}

function broken(where: string, words: string): UserError {
  return new UserError(`BUMP_CONFIG_INVALID: ${where}: ${words}`)
}
