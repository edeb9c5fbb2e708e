import { parseToml, stringsOf, type Table, tableOf } from '../toml.ts'
import type { Checkout } from './checkout.ts'
import { entriesOf, parseIni } from './ini.ts'
import type { Project } from './project.ts'

type Section = 'run' | 'report'

export interface CoverageSettings {
  /** Sources to measure, of `source` and `source_pkgs`. */
  readonly sources: readonly string[]
  /** As they are written; empty when they are not set. */
  readonly failUnder: string
  readonly precision: string
  /** How a reason names a section: `[report] fail_under in .coveragerc`. */
  readonly place: (section: Section, option: string) => string
}

/**
 * The settings of coverage.py: those of the first file that holds any, in its own order (coverage/config.py,
 * `config_files_to_try`). A file of its own counts even when it is empty.
 */
export function coverageSettings({ pyproject, checkout }: Project): CoverageSettings | undefined {
  return (
    fromIni(checkout, '.coveragerc', ['coverage:', '']) ??
    fromOwnToml(checkout, '.coveragerc.toml') ??
    fromIni(checkout, 'setup.cfg', ['coverage:']) ??
    fromIni(checkout, 'tox.ini', ['coverage:']) ??
    fromTable(pyproject.tool.coverage, (section, option) => `[tool.coverage.${section}] ${option}`)
  )
}

function fromIni(
  checkout: Checkout,
  file: string,
  prefixes: readonly string[],
): CoverageSettings | undefined {
  const text = checkout.text(file)
  if (text === undefined) return undefined
  const sections = parseIni(text)
  const isOwn = prefixes.includes('')
  if (!isOwn && ![...sections.keys()].some(name => name.startsWith('coverage:'))) return undefined
  const spelling = (section: Section) =>
    prefixes.map(prefix => prefix + section).find(name => sections.has(name)) ?? section
  const value = (section: Section, option: string) => sections.get(spelling(section))?.get(option)
  return {
    sources: [...entriesOf(value('run', 'source')), ...entriesOf(value('run', 'source_pkgs'))],
    failUnder: value('report', 'fail_under') ?? '',
    precision: value('report', 'precision') ?? '',
    place: (section, option) => `[${spelling(section)}] ${option} in ${file}`,
  }
}

function fromOwnToml(checkout: Checkout, file: string): CoverageSettings | undefined {
  const text = checkout.text(file)
  if (text === undefined) return undefined
  const content = parseToml(text, file)
  const prefixed = tableOf(tableOf(content.tool).coverage)
  return fromTable({ ...content, ...prefixed }, (section, option) => `[${section}] ${option} in ${file}`)
}

function fromTable(coverage: unknown, place: CoverageSettings['place']): CoverageSettings | undefined {
  const sections = tableOf(coverage)
  if (Object.keys(sections).length === 0) return undefined
  const { run, report } = { run: tableOf(sections.run), report: tableOf(sections.report) }
  return {
    sources: [...stringsOf(run.source), ...stringsOf(run.source_pkgs)],
    failUnder: textOf(report, 'fail_under'),
    precision: textOf(report, 'precision'),
    place,
  }
}

function textOf(table: Table, option: string): string {
  const value = table[option]
  return typeof value === 'number' || typeof value === 'string' ? String(value) : ''
}
