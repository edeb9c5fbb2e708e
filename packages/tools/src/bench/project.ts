import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type BundleRun, runBundle, startResultsService, tempDir } from '@tokenledger/testkit'
import { parse } from 'smol-toml'
import { interleave, median } from './interleave.ts'
import { startIndexOfLock } from './lock-index.ts'
import { machineNetwork } from './machine-network.ts'
import { clear } from './memory-folder.ts'
import { unexpected } from './start.ts'
import { inSeconds, report } from './verdict.ts'
import { wall } from './wall.ts'

const TARGET_RATIO = 0.35
/** What the pipeline that we replace installs in every job. */
const SEED_EXTRAS = ['all', 'dev']

/** The project's whole set-up: ours with a warm cache against the seed's steps with nothing cached; true if met. */
export async function projectBench(project: string, rounds: number): Promise<boolean> {
  const workspace = copyOf(project)
  const index = await startIndexOfLock(workspace)
  const service = await startResultsService()
  // The seed ignores the lock and asks the index of this computer.
  const network = { ...machineNetwork(), ...(index ? { UV_DEFAULT_INDEX: index.url } : {}) }
  try {
    const extras = extrasOf(workspace)
    const toolCache = tempDir('bench-tools-')
    const temp = tempDir('bench-temp-')
    const env = { ...network, ...service.env, RUNNER_TEMP: temp, TMPDIR: temp }
    const setUp = (): Promise<BundleRun> => {
      for (const folder of [temp, join(workspace, '.venv')]) clear(folder)
      mkdirSync(temp)
      return runBundle('setup-uv-python', { workspace, toolCache, env, inputs: { extras: extras.join(',') } })
    }

    console.log(
      `${basename(project)} with extras ${extras.join(', ') || '(none)'}: filling the cache once ...`,
    )
    const first = await setUp()
    if (first.exitCode !== 0 || service.caches[0]?.state !== 'saved') throw unexpected(first)
    const uv = first.outputs['uv-path'] ?? ''
    const python = first.outputs['python-path'] ?? ''
    addToToolCache(toolCache, python, first.outputs['python-version'] ?? '')
    let last = first
    const samples = await interleave(
      {
        seed: () => seedSteps({ workspace, uv, python, extras }),
        ours: async () => {
          last = await setUp()
          if (last.outputs['cache-hit'] !== 'exact') throw unexpected(last)
          return last.ms
        },
      },
      rounds,
    )
    return verdict(samples.get('seed') ?? [], samples.get('ours') ?? [], last)
  } finally {
    await Promise.all([service.close(), index?.close()])
  }
}

/** Hosted runners have their Pythons in the tool cache; the layout is the toolkit's. */
function addToToolCache(toolCache: string, python: string, version: string): void {
  const folder = join(toolCache, 'Python', version)
  mkdirSync(folder, { recursive: true })
  symlinkSync(dirname(dirname(python)), join(folder, process.arch))
  writeFileSync(join(folder, `${process.arch}.complete`), '')
}

interface Seed {
  readonly workspace: string
  readonly uv: string
  readonly python: string
  readonly extras: readonly string[]
}

/** `uv venv` and `uv pip install -e ".[all,dev]"` with an empty cache, by the same uv and Python. */
async function seedSteps({ workspace, uv, python, extras }: Seed): Promise<number> {
  const cache = tempDir('bench-seed-cache-')
  const venv = join(workspace, '.venv-seed')
  const { PATH, HOME } = process.env
  const env = { PATH, HOME, ...machineNetwork(), UV_CACHE_DIR: cache, UV_NO_PROGRESS: '1' }
  const editable = extras.length > 0 ? `.[${extras.join(',')}]` : '.'
  try {
    const made = await wall(uv, ['venv', '--quiet', '--python', python, venv], { cwd: workspace, env })
    const installed = await wall(uv, ['pip', 'install', '--quiet', '--python', venv, '-e', editable], {
      cwd: workspace,
      env,
    })
    return made + installed
  } finally {
    for (const folder of [cache, venv]) clear(folder)
  }
}

function copyOf(project: string): string {
  const workspace = join(tempDir('bench-project-'), basename(project))
  const leftOut = new Set(['.venv', 'node_modules', '.mypy_cache', '.pytest_cache', '.ruff_cache'])
  cpSync(project, workspace, { recursive: true, filter: source => !leftOut.has(basename(source)) })
  return workspace
}

function extrasOf(workspace: string): string[] {
  const { project } = parse(readFileSync(join(workspace, 'pyproject.toml'), 'utf8')) as {
    project?: { 'optional-dependencies'?: object }
  }
  const defined = Object.keys(project?.['optional-dependencies'] ?? {})
  return SEED_EXTRAS.filter(extra => defined.includes(extra))
}

function verdict(seedRuns: readonly number[], ourRuns: readonly number[], last: BundleRun): boolean {
  const [seed, ours] = [median(seedRuns), median(ourRuns)]
  const met = report(`The whole set-up (median of ${ourRuns.length} interleaved runs)`, [
    { name: "seed's steps, nothing cached", measured: inSeconds(seed), ratio: '1.00', target: '' },
    {
      name: 'ours, warm cache',
      measured: inSeconds(ours),
      ratio: (ours / seed).toFixed(2),
      target: `<= ${TARGET_RATIO}`,
      met: ours / seed <= TARGET_RATIO,
    },
  ])
  console.log(`\nPhases of our last run in ms: ${last.outputs.timings}`)
  const line = last.stdout.split('\n').find(text => /^uv \S+ \(\S+\) · /.test(text))
  if (line) console.log(line)
  return met
}
