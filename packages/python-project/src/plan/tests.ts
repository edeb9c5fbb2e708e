import { type Checkout, directoryOf, nameOf, within } from './checkout.ts'
import { type Finding, found } from './finding.ts'
import type { Project } from './project.ts'
import { type PytestSettings, pytestSettings } from './pytest-settings.ts'

export interface TestFindings {
  readonly 'has-tests': Finding<boolean>
  readonly 'test-config': Finding<string>
  readonly 'test-paths': Finding<readonly string[]>
  readonly 'integration-marker': Finding<string>
  readonly 'test-arguments': Finding<readonly string[]>
}

const TEST_FILE = /^(test_.*|.*_test)\.py$/
/** Enough to find a marker that is used, without reading a large test suite whole. */
const MOST_FILES_READ = 200

/** Where the tests are and which of them need a database. */
export function testFindings(project: Project): TestFindings {
  const { checkout, overrides } = project
  const settings = pytestSettings(project)
  const paths = overrides.testPaths
    ? found(overrides.testPaths, 'input test-paths')
    : testPaths(checkout, settings)
  const marker =
    overrides.integrationMarker === undefined
      ? integrationMarker(checkout, settings)
      : found(overrides.integrationMarker, 'input integration-marker')
  return {
    'has-tests': hasTests(checkout, paths.value),
    'test-config': settings
      ? found(settings.file, `[${settings.section}]`)
      : found('', "no settings of pytest: pytest's defaults hold"),
    'test-paths': paths,
    'integration-marker': marker,
    'test-arguments': marker.value
      ? found(['-m', `not ${marker.value}`], `tests marked ${marker.value} run in their own job`)
      : found([], 'no integration marker: all tests are unit tests'),
  }
}

function testPaths(checkout: Checkout, settings: PytestSettings | undefined): Finding<readonly string[]> {
  if (settings && settings.testpaths.length > 0)
    return found(settings.testpaths, `testpaths in ${settings.file}`)
  const homes = checkout.files.filter(isTest).map(directoryOf)
  const usual = ['tests', 'test', 'src/tests'].find(path =>
    homes.some(home => home === path || home.startsWith(`${path}/`)),
  )
  if (usual) return found([usual], `the directory ${usual} holds test files`)
  const inner = homes.find(home => /(^|\/)tests?$/.test(home))
  if (inner) return found([inner], `the directory ${inner} holds test files`)
  const others = [...new Set(homes)].map(home => home || '.')
  return others.length > 0
    ? found(others, 'they hold files named like tests')
    : found([], 'no testpaths and no file named test_*.py or *_test.py')
}

function hasTests({ files }: Checkout, paths: readonly string[]): Finding<boolean> {
  if (paths.length === 0) return found(false, 'no test paths')
  const prefixes = paths.map(path => path.replace(/[*?[].*$/, '').replace(/^\.?\/?/, ''))
  const tests = files.filter(file => isTest(file) && prefixes.some(prefix => file.startsWith(prefix)))
  return tests.length > 0
    ? found(true, `${tests.length} test files`)
    : found(false, `no test file in ${paths.join(', ')}`)
}

function integrationMarker(checkout: Checkout, settings: PytestSettings | undefined): Finding<string> {
  const declared = settings?.markers.find(marker => /^integration/.test(marker))
  if (declared) return found(declared, `markers in ${settings?.file}`)
  const candidates = checkout.files.filter(file => isTest(file) || nameOf(file) === 'conftest.py')
  for (const file of candidates.slice(0, MOST_FILES_READ)) {
    const text = checkout.text(file) ?? ''
    const [, used, registered] =
      /\bmark\.(integration\w*)|["']markers["'],\s*["'](integration\w*)/.exec(text) ?? []
    const marker = used ?? registered
    if (marker) return found(marker, `used in ${file}`)
  }
  return found('', 'no marker integration in the settings of pytest or in the tests')
}

function isTest(file: string): boolean {
  return TEST_FILE.test(nameOf(file))
}

/** The test paths that exist as they are written, for tools that know no patterns. */
export function existingTestPaths({ files }: Checkout, paths: readonly string[]): string[] {
  return paths.filter(
    path => path !== '.' && files.some(file => file === path || file.startsWith(within(path, ''))),
  )
}
