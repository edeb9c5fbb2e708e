import { type CoverageSettings, coverageSettings } from './coverage-settings.ts'
import { type Finding, found } from './finding.ts'
import type { Project } from './project.ts'
import { pytestSettings } from './pytest-settings.ts'

export interface CoverageFindings {
  /** Whether a run of the tests measures coverage. */
  readonly 'has-coverage': Finding<boolean>
  readonly 'coverage-source': Finding<readonly string[]>
  /** Least total in percent; empty for none. */
  readonly 'coverage-fail-under': Finding<string>
  /** Digits after the decimal point; empty when nothing says. */
  readonly 'coverage-precision': Finding<string>
}

/** Whether and what to measure, and what the project asks of its coverage: the settings of coverage.py and pytest-cov. */
export function coverageFindings(
  project: Project,
  sources: readonly string[],
  tool: Finding<string>,
): CoverageFindings {
  const settings = coverageSettings(project)
  const options = pytestSettings(project)?.addopts ?? ''
  return {
    'has-coverage': hasCoverage(tool),
    'coverage-source': source(settings, options, sources),
    'coverage-fail-under': failUnder(settings, options),
    'coverage-precision': precision(settings),
  }
}

function hasCoverage({ value: tool, reason }: Finding<string>): Finding<boolean> {
  if (tool === 'pytest-cov') return found(true, `pytest-cov is ${reason}`)
  return tool
    ? found(false, `${tool} is ${reason}, but pytest measures with pytest-cov`)
    : found(false, reason)
}

function source(
  settings: CoverageSettings | undefined,
  options: string,
  packages: readonly string[],
): Finding<readonly string[]> {
  if (settings && settings.sources.length > 0) return found(settings.sources, settings.place('run', 'source'))
  const inOptions = [...options.matchAll(/--cov[= ]([^\s-]\S*)/g)].map(([, name]) => name ?? '')
  if (inOptions.length > 0) return found(inOptions, '--cov in addopts of pytest')
  return packages.length > 0
    ? found(packages, 'the package')
    : found([], 'no source in the settings of coverage and no package')
}

/** The option of pytest-cov wins over the settings, as in pytest-cov itself; 0 is coverage.py's word for none. */
function failUnder(settings: CoverageSettings | undefined, options: string): Finding<string> {
  const option = /--cov-fail-under[= ](\S+)/.exec(options)?.[1]
  if (option) return threshold(option, '--cov-fail-under in addopts of pytest')
  if (settings?.failUnder) return threshold(settings.failUnder, settings.place('report', 'fail_under'))
  return found('', 'no fail_under in the settings of coverage')
}

function threshold(text: string, place: string): Finding<string> {
  if (!/^\d+(\.\d+)?$/.test(text)) return found('', `${place} is "${text}", which is no number`)
  return Number(text) === 0 ? found('', `${place} is 0, so none`) : found(text, place)
}

function precision(settings: CoverageSettings | undefined): Finding<string> {
  const text = settings?.precision ?? ''
  return settings && /^\d+$/.test(text)
    ? found(text, settings.place('report', 'precision'))
    : found('', 'no precision in the settings of coverage')
}
