import { stringOf, tableOf } from '../toml.ts'
import { type Checkout, within } from './checkout.ts'
import { type Finding, found } from './finding.ts'
import type { Project } from './project.ts'

/** Where the version stands: a file, or `git tags` when a tool derives it; empty when nothing says. */
export function versionSource(
  project: Project,
  packageDirectory: string,
): { readonly 'version-source': Finding<string> } {
  const { pyproject } = project
  const dynamic = pyproject.dynamic.includes('version')
  const finding =
    pyproject.version !== undefined && !dynamic
      ? found('pyproject.toml', `static version ${pyproject.version}`)
      : (byBackend(project) ?? byConvention(project.checkout, packageDirectory))
  return { 'version-source': finding }
}

function byBackend({ pyproject, checkout }: Project): Finding<string> | undefined {
  const { tool } = pyproject
  const hatch = tableOf(tableOf(tool.hatch).version)
  const hatchPath = stringOf(hatch.path)
  if (hatchPath) return found(hatchPath, '[tool.hatch.version] path')
  if (hatch.source === 'vcs') return found('git tags', '[tool.hatch.version] source = "vcs"')
  const scm = ['setuptools_scm', 'setuptools-git-versioning', 'versioningit', 'vcs-versioning'].find(
    name => name in tool,
  )
  if (scm) return found('git tags', `[tool.${scm}]`)
  if (tableOf(tool['poetry-dynamic-versioning']).enable === true)
    return found('git tags', '[tool.poetry-dynamic-versioning]')
  const pdm = tableOf(tableOf(tool.pdm).version)
  const pdmPath = stringOf(pdm.path)
  if (pdmPath) return found(pdmPath, '[tool.pdm.version] path')
  if (pdm.source === 'scm') return found('git tags', '[tool.pdm.version] source = "scm"')
  return bySetuptools(tableOf(tableOf(tableOf(tool.setuptools).dynamic).version), checkout)
}

function bySetuptools(
  { attr, file }: Readonly<Record<string, unknown>>,
  checkout: Checkout,
): Finding<string> | undefined {
  const named = Array.isArray(file) ? stringOf(file[0]) : stringOf(file)
  if (named) return found(named, '[tool.setuptools.dynamic] version = { file }')
  if (typeof attr !== 'string') return undefined
  const module = attr.split('.').slice(0, -1).join('/')
  const path = ['', 'src']
    .flatMap(root => [within(root, `${module}.py`), within(root, `${module}/__init__.py`)])
    .find(candidate => checkout.files.includes(candidate))
  return path ? found(path, `[tool.setuptools.dynamic] version = { attr = "${attr}" }`) : undefined
}

/** Flit, and hatchling without settings, read `__version__` of the package. */
function byConvention(checkout: Checkout, packageDirectory: string): Finding<string> {
  const candidates = ['__init__.py', '__about__.py', '_version.py', 'version.py'].map(name =>
    within(packageDirectory, name),
  )
  const path = [...candidates, packageDirectory].find(candidate =>
    /^(__version__|VERSION|version)\b[^=\n]*=/m.test(checkout.text(candidate) ?? ''),
  )
  return path
    ? found(path, '__version__ in the package')
    : found('', 'no static version and no setting of a build backend')
}
