import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type BundleRun,
  type ResultsService,
  runBundle,
  startResultsService,
  tempDir,
  writeFiles,
} from '@tokenledger/testkit'
import { startUvMirror, type UvMirror } from './fake-uv.ts'
import { interleave, median } from './interleave.ts'
import { toolCacheWithPython, unexpected } from './start.ts'
import { inSeconds, report } from './verdict.ts'

const LINK_BYTES_PER_SECOND = 80_000_000
/** Files of half random bytes: an entry of about 65 MB that unpacks to twice as much. */
const FILES = 2600
const FILE_BYTES = 50_000
/** What may lie about for a moment while an entry is restored, in bytes; an archive of it would be 65 MB. */
const STREAMED_TEMP_BYTES = 1_000_000

/** The same entry over the same slow link: ours, streamed into tar, and @actions/cache, which downloads it first. */
export async function cacheRestoreBench(rounds: number): Promise<boolean> {
  const [mirror, service] = await Promise.all([startUvMirror(), startResultsService()])
  try {
    const job = jobOn(service, mirror)
    const saved = await job.setUp()
    if (saved.outputs['cache-hit'] !== 'miss' || service.caches.length !== 1) throw unexpected(saved)
    service.throttle(LINK_BYTES_PER_SECOND)
    const samples = await interleave({ ours: job.restoreOurs, theirs: job.restoreTheirs }, rounds)
    const [oursPeak, theirsPeak] = [await job.peak(job.restoreOurs), await job.peak(job.restoreTheirs)]
    const [ours, theirs] = [median(samples.get('ours') ?? []), median(samples.get('theirs') ?? [])]
    const size = ((service.caches[0]?.size ?? 0) / 1e6).toFixed(0)
    const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`
    return report(`Restore of an entry of ${size} MB at ${LINK_BYTES_PER_SECOND / 1e6} MB/s (median)`, [
      {
        name: '@actions/cache (download, then extract)',
        measured: inSeconds(theirs),
        ratio: '1.00',
        target: '',
      },
      {
        name: 'ours (streamed)',
        measured: inSeconds(ours),
        ratio: (ours / theirs).toFixed(2),
        target: '< 1.00',
        met: ours < theirs,
      },
      {
        name: '@actions/cache, peak of temporary files',
        measured: megabytes(theirsPeak),
        ratio: '',
        target: '',
      },
      {
        name: 'ours, peak of temporary files',
        measured: megabytes(oursPeak),
        ratio: '',
        target: `<= ${megabytes(STREAMED_TEMP_BYTES)}`,
        met: oursPeak <= STREAMED_TEMP_BYTES,
      },
    ])
  } finally {
    await Promise.all([mirror.close(), service.close()])
  }
}

function jobOn(service: ResultsService, mirror: UvMirror) {
  const workspace = tempDir('bench-workspace-')
  const temp = tempDir('bench-temp-')
  const cacheDirectory = join(tempDir('bench-cache-'), 'uv')
  const toolCache = toolCacheWithPython()
  writeFiles(workspace, {
    'pyproject.toml': '[project]\nname = "bench"\nversion = "1"\nrequires-python = ">=3.11"\n',
    'uv.lock':
      'version = 1\nrevision = 3\nrequires-python = ">=3.11"\n\n[[package]]\nname = "bench"\nversion = "1"\nsource = { virtual = "." }\n',
  })
  const env = {
    ...service.env,
    RUNNER_TEMP: temp,
    TMPDIR: temp,
    UV_CACHE_DIR: cacheDirectory,
    BENCH_CACHE: cacheContent(),
  }
  const inputs = {
    install: 'frozen',
    'uv-version': mirror.version,
    'uv-source': 'tool-cache,mirror',
    'uv-mirror': mirror.url,
    'uv-checksum': mirror.sha256,
  }
  const setUp = (): Promise<BundleRun> => {
    rmSync(cacheDirectory, { recursive: true, force: true })
    return runBundle('setup-uv-python', { workspace, toolCache, env, inputs })
  }
  return {
    setUp,
    async restoreOurs() {
      const run = await setUp()
      if (run.outputs['cache-hit'] !== 'exact') throw unexpected(run)
      return Number(JSON.parse(run.outputs.timings ?? '{}').cache)
    },
    async restoreTheirs() {
      rmSync(cacheDirectory, { recursive: true, force: true })
      const { restoreWithToolkit } = await import('./toolkit-restore.ts')
      return restoreWithToolkit(cacheDirectory, service.caches[0]?.key ?? '', {
        ...env,
        GITHUB_WORKSPACE: workspace,
      })
    },
    peak: (restore: () => Promise<number>) => peakOf(temp, restore),
  }
}

function cacheContent(): string {
  const folder = tempDir('bench-content-')
  const wheels = join(folder, 'wheels')
  mkdirSync(wheels)
  for (let n = 0; n < FILES; n++) {
    const half = randomBytes(FILE_BYTES / 2)
    writeFileSync(join(wheels, `${n}.py`), Buffer.concat([half, Buffer.alloc(FILE_BYTES / 2, n)]))
  }
  return folder
}

/** The most bytes that lay in a directory while `work` ran, looked at every 10 ms. */
async function peakOf(folder: string, work: () => Promise<unknown>): Promise<number> {
  let peak = 0
  const timer = setInterval(() => {
    peak = Math.max(peak, bytesIn(folder))
  }, 10)
  try {
    await work()
  } finally {
    clearInterval(timer)
  }
  return peak
}

function bytesIn(folder: string): number {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter(entry => entry.isFile())
    .reduce((sum, { parentPath, name }) => {
      return sum + (statSync(join(parentPath, name), { throwIfNoEntry: false })?.size ?? 0)
    }, 0)
}
