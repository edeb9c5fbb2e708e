import { isTable, stringsOf, type Table } from '../toml.ts'
import type { Checkout } from './checkout.ts'
import { type Finding, found } from './finding.ts'
import { entriesOf, parseIni } from './ini.ts'
import type { Project } from './project.ts'

export interface MypyFindings {
  readonly 'mypy-config': Finding<string>
  readonly 'mypy-paths': Finding<readonly string[]>
}

interface Settings {
  readonly file: string
  readonly section: string
  readonly files: readonly string[]
  /** True when mypy's own `packages` or `modules` say what to check. */
  readonly namesModules: boolean
}

/** Where mypy is configured (its own order: mypy.ini, .mypy.ini, pyproject.toml, setup.cfg) and what to check. */
export function mypyFindings({ pyproject, checkout }: Project, sources: readonly string[]): MypyFindings {
  const settings =
    fromIni(checkout, 'mypy.ini') ??
    fromIni(checkout, '.mypy.ini') ??
    fromTable(pyproject.tool.mypy) ??
    fromIni(checkout, 'setup.cfg')
  const config = settings
    ? found(settings.file, `[${settings.section}]`)
    : found('', "no mypy.ini, [tool.mypy] or [mypy] in setup.cfg: mypy's defaults hold")
  return { 'mypy-config': config, 'mypy-paths': paths(settings, sources) }
}

function paths(settings: Settings | undefined, sources: readonly string[]): Finding<readonly string[]> {
  const where = settings ? `${settings.file} [${settings.section}]` : ''
  // mypy expands patterns and finds modules itself, but only from its configuration.
  if (settings?.namesModules) return found([], `mypy takes packages and modules from ${where}`)
  if (settings?.files.some(file => /[*?[]/.test(file)))
    return found([], `mypy takes the patterns of files from ${where}`)
  if (settings && settings.files.length > 0) return found(settings.files, `files in ${where}`)
  return sources.length > 0
    ? found(sources, 'the package')
    : found([], 'no files in its configuration and no package')
}

function fromTable(value: unknown): Settings | undefined {
  if (!isTable(value)) return undefined
  return {
    file: 'pyproject.toml',
    section: 'tool.mypy',
    files: filesOf(value),
    namesModules: 'packages' in value || 'modules' in value,
  }
}

function filesOf({ files }: Table): string[] {
  return typeof files === 'string' ? entriesOf(files) : stringsOf(files)
}

function fromIni(checkout: Checkout, file: string): Settings | undefined {
  const section = parseIni(checkout.text(file) ?? '').get('mypy')
  if (!section) return undefined
  return {
    file,
    section: 'mypy',
    files: entriesOf(section.get('files')),
    namesModules: section.has('packages') || section.has('modules'),
  }
}
