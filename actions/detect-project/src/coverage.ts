import { stringsOf, tableOf } from '@tokenledger/python-project'
import type { Checkout } from './checkout.ts'
import { type Finding, found } from './finding.ts'
import { entriesOf, parseIni } from './ini.ts'
import type { Project } from './project.ts'
import { pytestSettings } from './pytest-settings.ts'

/** What to measure, for `--cov`: the configuration of coverage.py, else the package. */
export function coverageFinding(
  project: Project,
  sources: readonly string[],
): { readonly 'coverage-source': Finding<readonly string[]> } {
  return { 'coverage-source': configured(project) ?? fromPackage(sources) }
}

function configured(project: Project): Finding<readonly string[]> | undefined {
  const { pyproject, checkout } = project
  const run = tableOf(tableOf(pyproject.tool.coverage).run)
  const inToml = [...stringsOf(run.source), ...stringsOf(run.source_pkgs)]
  const inIni =
    fromIni(checkout, '.coveragerc', 'run') ??
    (inToml.length > 0 ? found(inToml, '[tool.coverage.run] source') : undefined) ??
    fromIni(checkout, 'setup.cfg', 'coverage:run') ??
    fromIni(checkout, 'tox.ini', 'coverage:run')
  if (inIni) return inIni
  const options = [...(pytestSettings(project)?.addopts ?? '').matchAll(/--cov[= ]([^\s-]\S*)/g)]
  const inOptions = options.map(([, source]) => source ?? '')
  return inOptions.length > 0 ? found(inOptions, '--cov in addopts of pytest') : undefined
}

function fromIni(checkout: Checkout, file: string, section: string): Finding<readonly string[]> | undefined {
  const run = parseIni(checkout.text(file) ?? '').get(section)
  const sources = [...entriesOf(run?.get('source')), ...entriesOf(run?.get('source_pkgs'))]
  return sources.length > 0 ? found(sources, `[${section}] source in ${file}`) : undefined
}

function fromPackage(sources: readonly string[]): Finding<readonly string[]> {
  return sources.length > 0
    ? found(sources, 'the package')
    : found([], 'no source in the settings of coverage and no package')
}
