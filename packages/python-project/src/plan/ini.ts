/** Sections of an INI file as Python's configparser reads them: `[section]`, `key = value`, indented continuation lines. */
export type Ini = ReadonlyMap<string, ReadonlyMap<string, string>>

export function parseIni(text: string): Ini {
  const sections = new Map<string, Map<string, string>>()
  let section: Map<string, string> | undefined
  let key: string | undefined
  for (const line of text.split('\n')) {
    if (/^\s*[#;]/.test(line)) continue
    const header = /^\[([^\]]+)\]/.exec(line)?.[1]
    const [, name, value] = /^([^\s=:][^=:]*?)\s*[=:]\s*(.*)$/.exec(line) ?? []
    if (header !== undefined) {
      section = new Map()
      sections.set(header, section)
      key = undefined
    } else if (name !== undefined) {
      key = name.toLowerCase()
      section?.set(key, (value ?? '').trim())
    } else if (key !== undefined && /^\s+\S/.test(line)) {
      section?.set(key, `${section.get(key) ?? ''}\n${line.trim()}`.trim())
    }
  }
  return sections
}

/** The entries of a value that lists things by commas or lines. */
export function entriesOf(value: string | undefined): string[] {
  return (value ?? '')
    .split(/[,\n]/)
    .map(entry => entry.trim())
    .filter(Boolean)
}
