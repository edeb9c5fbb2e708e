import type { Findings, Project } from '../plan/index.ts'
import { tableOf } from '../toml.ts'
import type { Concern } from './job.ts'
import type { Layout } from './layout.ts'
import { type Style, searchable } from './mention.ts'
import type { Tree } from './tree.ts'

/** A text of the project that may read other files of it. */
export interface Reader {
  /** For people: a path, or a table of one. */
  readonly name: string
  readonly style: Style
  /** What runs or follows the text. */
  readonly concerns: readonly Concern[]
  /** Undefined where it cannot be looked through. */
  readonly text: string | undefined
  /** Tests and their settings, which may take prose for tests, or go through all files there are. */
  readonly isOfTests: boolean
}

const CODE = /\.(?:pyi?|pyx|pxd|ipynb|sh|bash|c|cpp|rs|cmake|build)$|(?:^|\/)(?:Makefile|justfile)$/i
const SETTINGS =
  /(?:^|\/)(?:setup\.cfg|tox\.ini|\.?pytest\.(?:ini|toml)|MANIFEST\.in|Cargo\.toml|CMakeLists\.txt)$/
const TESTS =
  /(?:^|\/)(?:tests?\/|test_[^/]*$|[^/]*_test\.py$|conftest\.py$|tox\.ini$|\.?pytest\.|setup\.cfg$)/
/** Tables of pyproject.toml that neither a build nor a test reads. */
const OF_OTHERS = [
  'bumpversion',
  'ruff',
  'mypy',
  'pyright',
  'coverage',
  'bandit',
  'git-cliff',
  'black',
  'isort',
]

/** Everything that may read a file which is neither code nor settings itself. The dashboard's own files are not among them. */
export function readersOf(project: Project, findings: Findings, layout: Layout, tree: Tree): Reader[] {
  const files = tree.files.filter(path => !layout.dashboard || !path.startsWith(layout.dashboard))
  const ofFiles = files.flatMap((name): Reader[] => {
    const style = CODE.test(name) ? 'code' : SETTINGS.test(name) ? 'settings' : undefined
    if (!style) return []
    const text = tree.text(name)
    const searched = text === undefined ? undefined : searchable(text)
    return [{ name, style, concerns: ['tests', 'build'], text: searched, isOfTests: TESTS.test(name) }]
  })
  return [...ofFiles, ...ofPyproject(project, findings)]
}

function ofPyproject({ pyproject }: Project, findings: Findings): Reader[] {
  const { project, tool, 'build-system': buildSystem } = pyproject.document
  const { urls: _urls, ...described } = tableOf(project)
  const { pytest, tox, ...others } = tableOf(tool)
  const ofBuild = Object.entries(others).filter(([name]) => !OF_OTHERS.includes(name))
  const given = [findings['test-arguments'].value, findings['integration-arguments'].value]
  const reader = (name: string, concern: Concern, value: unknown): Reader => ({
    name,
    style: 'settings',
    concerns: [concern],
    text: searchable(JSON.stringify(value)),
    isOfTests: concern === 'tests',
  })
  return [
    reader('pyproject.toml', 'build', [described, buildSystem, Object.fromEntries(ofBuild)]),
    reader('the settings of pytest', 'tests', [pytest, tox, given, findings['test-paths'].value]),
  ]
}
