import { stringOf } from '../toml.ts'
import { type Checkout, directoryOf, nameOf, within } from './checkout.ts'
import { type Finding, found } from './finding.ts'
import { type PackageJson, readPackageJson } from './package-json.ts'
import type { Project } from './project.ts'

export interface DashboardFindings {
  readonly 'has-dashboard': Finding<boolean>
  readonly 'dashboard-directory': Finding<string>
  readonly 'dashboard-scripts': Finding<readonly string[]>
  readonly 'dashboard-package-manager': Finding<string>
  readonly 'dashboard-lock-file': Finding<string>
  readonly 'dashboard-node-version': Finding<string>
  /** Relative to the dashboard's directory. */
  readonly 'dashboard-output': Finding<string>
}

interface Dashboard {
  readonly directory: string
  readonly manifest: PackageJson
}

const SCRIPTS = ['lint', 'test', 'build'] as const
const USUAL_NAMES = ['dashboard', 'frontend', 'web', 'webapp', 'ui', 'client', 'app']
const DEEPEST = 3
const LOCKS = [
  ['package-lock.json', 'npm'],
  ['npm-shrinkwrap.json', 'npm'],
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
] as const

/** The web front end, if there is one: a package.json with a build script. */
export function dashboardFindings({ checkout, overrides }: Project): DashboardFindings {
  const given = overrides.dashboardDirectory
  if (given === '') return absent('input dashboard-directory is none')
  const dashboards = dashboardsIn(checkout).filter(
    ({ directory }) => given === undefined || (directory || '.') === given,
  )
  const [chosen, ...others] = dashboards
  if (!chosen) return absent(missing(checkout, given))
  const more =
    others.length > 0 ? `; not taken: ${others.map(({ directory }) => directory || '.').join(', ')}` : ''
  const reason = given === undefined ? `package.json with a build script${more}` : 'input dashboard-directory'
  const lock = lockOf(checkout, chosen.directory)
  return {
    'has-dashboard': found(true, reason),
    'dashboard-directory': found(chosen.directory || '.', reason),
    'dashboard-scripts': scriptsOf(chosen),
    'dashboard-package-manager': managerOf(chosen.manifest, lock.value),
    'dashboard-lock-file': lock,
    'dashboard-node-version': nodeVersion(checkout, chosen),
    'dashboard-output': outputOf(checkout, chosen),
  }
}

function dashboardsIn(checkout: Checkout): Dashboard[] {
  return checkout.files
    .filter(file => nameOf(file) === 'package.json' && file.split('/').length <= DEEPEST + 1)
    .flatMap(file => {
      const manifest = readPackageJson(checkout, file)
      return manifest && 'build' in manifest.scripts ? [{ directory: directoryOf(file), manifest }] : []
    })
    .toSorted((a, b) => rank(a.directory) - rank(b.directory))
}

function rank(directory: string): number {
  const usual = USUAL_NAMES.indexOf(nameOf(directory))
  return usual < 0 ? USUAL_NAMES.length : usual
}

function missing({ files }: Checkout, given: string | undefined): string {
  if (given !== undefined) return `${within(given, 'package.json')} has no build script`
  const manifests = files.filter(file => nameOf(file) === 'package.json')
  return manifests.length > 0
    ? `no build script in ${manifests.slice(0, 3).join(', ')}`
    : `no package.json with a build script within ${DEEPEST} levels`
}

function scriptsOf({ manifest }: Dashboard): Finding<readonly string[]> {
  const present = SCRIPTS.filter(name => {
    const script = stringOf(manifest.scripts[name])
    return script !== undefined && !/no test specified/.test(script)
  })
  const lacking = SCRIPTS.filter(name => !present.includes(name))
  return found(
    present,
    lacking.length > 0 ? `scripts of package.json; no ${lacking.join(', no ')}` : 'scripts of package.json',
  )
}

/** The lock beside package.json, else at the top of a workspace. */
function lockOf({ files }: Checkout, directory: string): Finding<string> {
  for (const home of new Set([directory, ''])) {
    const lock = LOCKS.map(([name]) => within(home, name)).find(path => files.includes(path))
    if (lock) return found(lock, home === directory ? 'beside package.json' : 'at the top of the project')
  }
  return found(
    '',
    'no package-lock.json, pnpm-lock.yaml or yarn.lock: commit one, so that every build installs the same',
  )
}

function managerOf({ packageManager }: PackageJson, lock: string): Finding<string> {
  const byLock = LOCKS.find(([name]) => name === nameOf(lock))?.[1]
  if (byLock) return found(byLock, lock)
  return packageManager
    ? found(packageManager, 'packageManager in package.json')
    : found('npm', 'no lock file: npm')
}

function nodeVersion(checkout: Checkout, { directory, manifest }: Dashboard): Finding<string> {
  const files = [...new Set([directory, ''])].flatMap(home => [
    within(home, '.nvmrc'),
    within(home, '.node-version'),
  ])
  for (const file of files) {
    const version = checkout.text(file)?.split('\n', 1)[0]?.trim()
    if (version) return found(version, file)
  }
  return manifest.engine
    ? found(manifest.engine, 'engines of package.json')
    : found('', 'no .nvmrc and no engines in package.json')
}

function outputOf(checkout: Checkout, { directory, manifest }: Dashboard): Finding<string> {
  const config = ['ts', 'js', 'mts', 'mjs'].map(end => within(directory, `vite.config.${end}`))
  for (const file of config) {
    const outDir = /\boutDir\s*:\s*["'`]([^"'`$]+)["'`]/.exec(checkout.text(file) ?? '')?.[1]
    if (outDir) return found(outDir.replace(/^\.\//, '').replace(/\/$/, ''), `outDir in ${file}`)
  }
  if ('react-scripts' in manifest.dependencies) return found('build', 'default of react-scripts')
  if ('next' in manifest.dependencies) return found('out', 'static export of Next.js')
  return found('dist', 'vite' in manifest.dependencies ? 'default of Vite' : 'usual name')
}

function absent(reason: string): DashboardFindings {
  return {
    'has-dashboard': found(false, reason),
    'dashboard-directory': found('', reason),
    'dashboard-scripts': found([], reason),
    'dashboard-package-manager': found('', reason),
    'dashboard-lock-file': found('', reason),
    'dashboard-node-version': found('', reason),
    'dashboard-output': found('', reason),
  }
}
