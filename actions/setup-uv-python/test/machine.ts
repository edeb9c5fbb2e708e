import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type BundleRun, removeDir, runBundle, tempDir, writeFiles } from '@tokenledger/testkit'

/** What a computer needs to reach its package index; nothing else of it gets into a run. */
const NETWORK =
  /^(?:(?:HTTPS?|NO|ALL)_PROXY|SSL_CERT_\w+|NODE_EXTRA_CA_CERTS|UV_(?:DEFAULT_INDEX|INDEX_URL)|PIP_INDEX_URL)$/i

type Variables = Readonly<Record<string, string>>

/** A runner with one checkout, whose folders stay the same from run to run. */
export interface Machine {
  /** GITHUB_WORKSPACE */
  readonly workspace: string
  /** RUNNER_TEMP */
  readonly temp: string
  readonly toolCache: string
  /** The uv that the runs find in the tool cache. */
  readonly uv: string
  /** Runs the built action, as a job of its own. */
  run(inputs?: Variables, env?: Variables): Promise<BundleRun>
  /** Writes `pyproject.toml` and an importable package; see {@link ProjectShape}. */
  project(shape?: ProjectShape): void
  /** Runs `uv lock`, as the author of the project would. */
  lock(): void
  /** Runs the interpreter of the environment and gives what it prints, trimmed. */
  python(code: string): string
  /** Runs `uv run --locked` with the variables of a step, and gives what it prints on both channels. */
  uvRun(args: readonly string[], env: Variables): string
  /** Removes environment and temporary files, as a new job on a hosted runner would find them. */
  newJob(): void
  close(): void
}

export interface ProjectShape {
  readonly requiresPython?: string
  readonly dependencies?: readonly string[]
  readonly extras?: Readonly<Record<string, readonly string[]>>
  readonly groups?: Readonly<Record<string, readonly string[]>>
  /** More of pyproject.toml. */
  readonly more?: string
}

/** Makes a machine and gets uv for it from the package index, through the action itself. */
export async function startMachine(repository = 'repo'): Promise<Machine> {
  const root = tempDir('machine-')
  const workspace = join(root, 'work', repository, repository)
  const temp = join(root, 'work', '_temp')
  const toolCache = join(root, 'tools')
  for (const folder of [workspace, temp]) mkdirSync(folder, { recursive: true })
  const env = { ...network(), RUNNER_TEMP: temp, UV_PYTHON_DOWNLOADS: 'never' }
  const start = (inputs: Variables, more: Variables) =>
    runBundle('setup-uv-python', { inputs, workspace, toolCache, env: { ...env, ...more } })

  const first = await start({ install: 'none', 'uv-source': 'pypi', 'python-version': '3.11' }, {})
  const uv = first.outputs['uv-path']
  if (first.exitCode !== 0 || !uv) throw new Error(`no uv for the tests:\n${first.stdout}${first.stderr}`)
  return {
    workspace,
    temp,
    toolCache,
    uv,
    run: (inputs = {}, more = {}) =>
      start({ 'uv-source': 'tool-cache', 'python-version': '3.11', ...inputs }, more),
    project: shape => writeFiles(workspace, projectFiles(shape)),
    lock: () => void command(uv, ['lock', '--python', '3.11'], workspace, join(root, 'author-cache')),
    python: code => command(join(workspace, '.venv', 'bin', 'python'), ['-c', code], workspace, temp),
    uvRun(args, variables) {
      const all = { ...network(), PATH: process.env.PATH, HOME: root, ...variables }
      const { stdout, stderr } = spawnSync(uv, ['run', '--locked', ...args], {
        cwd: workspace,
        env: all,
        encoding: 'utf8',
      })
      return stdout + stderr
    },
    newJob() {
      for (const folder of [temp, join(workspace, '.venv')]) rmSync(folder, { recursive: true, force: true })
      mkdirSync(temp)
    },
    close: () => removeDir(root),
  }
}

function network(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value && NETWORK.test(name) ? [[name, value]] : [],
    ),
  )
}

function command(program: string, args: readonly string[], cwd: string, cache: string): string {
  const env = { ...network(), PATH: process.env.PATH, HOME: dirname(cwd), UV_CACHE_DIR: cache }
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, env, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`)
  return stdout.trim()
}

function projectFiles({
  requiresPython = '>=3.11',
  dependencies = ['iniconfig'],
  ...rest
}: ProjectShape = {}) {
  const table = (entries: Readonly<Record<string, readonly string[]>> = {}) =>
    Object.entries(entries).map(([name, requirements]) => `${name} = ${JSON.stringify(requirements)}`)
  const lines = [
    '[project]',
    'name = "ledger-demo"',
    'version = "0.1.0"',
    `requires-python = "${requiresPython}"`,
    `dependencies = ${JSON.stringify(dependencies)}`,
    '[project.optional-dependencies]',
    ...table(rest.extras),
    '[dependency-groups]',
    ...table(rest.groups),
    '[build-system]',
    'requires = ["hatchling"]',
    'build-backend = "hatchling.build"',
    ...(rest.more ? [rest.more] : []),
  ]
  return { 'pyproject.toml': `${lines.join('\n')}\n`, 'src/ledger_demo/__init__.py': 'NAME = "ledger"\n' }
}
