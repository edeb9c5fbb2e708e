import { normalizeName } from '../names.ts'
import { type Checkout, directoriesOf, nameOf, within } from './checkout.ts'
import { type Finding, found } from './finding.ts'
import { parseIni } from './ini.ts'
import { type PackageConfiguration, packageConfigurations } from './package-configuration.ts'
import type { Project } from './project.ts'

export interface PackageFindings {
  readonly package: Finding<string>
  /** The import package's directory, or the file of a module that is none. */
  readonly 'package-directory': Finding<string>
  readonly 'source-paths': Finding<readonly string[]>
}

/** Top-level directories with Python code that is not the package. */
const NOT_THE_PACKAGE =
  /^(tests?|testing|docs?|examples?|scripts?|tools?|benchmarks?|migrations?|alembic|tasks|notebooks|noxfile|setup|conftest)$/i

/** The name of the distribution and where its code is. */
export function packageFindings(project: Project): PackageFindings {
  const name = nameFinding(project)
  const { sourcePaths } = project.overrides
  const sources = sourcePaths ? found(sourcePaths, 'input source-paths') : sourceFinding(project, name.value)
  return {
    package: name,
    'package-directory': found(mainPackage(sources.value, name.value), sources.reason),
    'source-paths': sources,
  }
}

/** Of several packages (`attr`, `attrs`) the one that is named like the distribution, else the first. */
function mainPackage(paths: readonly string[], name: string): string {
  const [wanted = ''] = importPaths(name)
  return paths.find(path => sameName(nameOf(path), wanted)) ?? paths[0] ?? ''
}

function nameFinding({ pyproject, checkout }: Project): Finding<string> {
  if (pyproject.name)
    return found(pyproject.name, pyproject.isProject ? '[project] name' : '[tool.poetry] name')
  const declared = parseIni(checkout.text('setup.cfg') ?? '')
    .get('metadata')
    ?.get('name')
  return declared ? found(declared, 'setup.cfg [metadata] name') : found('', 'no [project] name')
}

function sourceFinding({ pyproject, checkout }: Project, name: string): Finding<readonly string[]> {
  const configurations = packageConfigurations(pyproject)
  for (const configuration of configurations) {
    const paths = configuration.paths.filter(path => holdsPython(checkout, path))
    if (paths.length > 0) return found(paths, configuration.where)
  }
  for (const { root, where } of rootsOf(configurations)) {
    const layout = layoutIn(checkout, root, name)
    if (layout) return found([layout.path], where ? `${layout.why}, ${where}` : layout.why)
  }
  return found([], name ? `no package for "${name}" in src or at the top` : 'no package without a name')
}

function rootsOf(configurations: readonly PackageConfiguration[]): { root: string; where?: string }[] {
  const configured = configurations.flatMap(({ root, where }) =>
    root === undefined ? [] : [{ root, where }],
  )
  return [...configured, { root: 'src' }, { root: '' }]
}

/** By the project's name first (also as a namespace package), then as the only package or module that is there. */
function layoutIn(checkout: Checkout, root: string, name: string): { path: string; why: string } | undefined {
  const kind = root === '' ? 'flat layout' : root === 'src' ? 'src layout' : `packages in ${root}`
  const directories = directoriesOf(checkout.files.filter(file => file.endsWith('.py')))
  const spelt = (path: string) => directories.find(directory => sameName(directory, within(root, path)))
  for (const path of importPaths(name)) {
    const directory = spelt(path)
    if (directory) return { path: directory, why: path.includes('/') ? `${kind}, namespace package` : kind }
  }
  const module = checkout.files.find(file => sameName(file, within(root, `${importPaths(name)[0]}.py`)))
  if (module) return { path: module, why: `${kind}, single module` }
  if (!name) return undefined
  const packages = checkout.files.filter(
    file => file.endsWith('/__init__.py') && file.split('/').length === within(root, 'x/y').split('/').length,
  )
  const ours = packages
    .map(file => file.slice(0, -'/__init__.py'.length))
    .filter(path => path.startsWith(root && `${root}/`) && !NOT_THE_PACKAGE.test(nameOf(path)))
  return ours.length === 1 && ours[0] ? { path: ours[0], why: `${kind}, the only package` } : undefined
}

/** `acme-token-ledger` → `acme_token_ledger`, `acme/token_ledger`, `acme/token/ledger`. */
function importPaths(name: string): string[] {
  const words = normalizeName(name).split('-').filter(Boolean)
  return [
    ...new Set([
      words.join('_'),
      [words[0], words.slice(1).join('_')].filter(Boolean).join('/'),
      words.join('/'),
    ]),
  ]
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

function holdsPython({ files }: Checkout, path: string): boolean {
  return files.some(file => file === path || (file.startsWith(`${path}/`) && file.endsWith('.py')))
}
