import { isTable, parseToml, stringsOf, type Table, tableOf } from '../toml.ts'
import type { Checkout } from './checkout.ts'
import { entriesOf, parseIni } from './ini.ts'
import type { Project } from './project.ts'

export interface PytestSettings {
  readonly file: string
  readonly section: string
  readonly testpaths: readonly string[]
  /** Names of the markers that are declared. */
  readonly markers: readonly string[]
  readonly addopts: string
}

/** pytest's settings; the first file that has its section wins, in pytest's own order. */
export function pytestSettings({ pyproject, checkout }: Project): PytestSettings | undefined {
  const pytest = tableOf(pyproject.tool.pytest)
  return (
    fromTomlFile(checkout, 'pytest.toml') ??
    fromTomlFile(checkout, '.pytest.toml') ??
    fromIni(checkout, 'pytest.ini', 'pytest') ??
    fromIni(checkout, '.pytest.ini', 'pytest') ??
    fromTable(pytest.ini_options, 'pyproject.toml', 'tool.pytest.ini_options') ??
    fromTable(pyproject.tool.pytest, 'pyproject.toml', 'tool.pytest') ??
    fromIni(checkout, 'tox.ini', 'pytest') ??
    fromIni(checkout, 'setup.cfg', 'tool:pytest')
  )
}

function fromTomlFile(checkout: Checkout, file: string): PytestSettings | undefined {
  const text = checkout.text(file)
  return text === undefined ? undefined : fromTable(parseToml(text, file).pytest, file, 'pytest')
}

function fromTable(value: unknown, file: string, section: string): PytestSettings | undefined {
  if (!isTable(value)) return undefined
  return {
    file,
    section,
    testpaths: words(value, 'testpaths'),
    markers: lines(value, 'markers').map(nameOfMarker),
    addopts: words(value, 'addopts').join(' '),
  }
}

function fromIni(checkout: Checkout, file: string, name: string): PytestSettings | undefined {
  const section = parseIni(checkout.text(file) ?? '').get(name)
  return section && fromTable(Object.fromEntries(section), file, name)
}

/** A list, or one string of words. */
function words(table: Table, key: string): string[] {
  const value = table[key]
  return typeof value === 'string' ? value.split(/\s+/).filter(Boolean) : stringsOf(value)
}

function lines(table: Table, key: string): string[] {
  const value = table[key]
  return typeof value === 'string' ? entriesOf(value.replaceAll(',', ' ')) : stringsOf(value)
}

/** `integration: needs a database` and `timeout(seconds): …` → the name alone. */
function nameOfMarker(marker: string): string {
  return marker.split(/[:(]/, 1)[0]?.trim() ?? ''
}
