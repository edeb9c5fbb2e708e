import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BundleRun, removeDir, runBundle, tempDir, writeFiles } from '@tokenledger/testkit'
import { root } from '../repository.ts'
import { startUvMirror, type UvMirror } from './fake-uv.ts'
import { type Case, interleave, median, type Samples } from './interleave.ts'
import { inSeconds, type Row, report } from './verdict.ts'
import { wall } from './wall.ts'

/** The targets hold where a bare Node takes this long; a slower machine may take longer in proportion. */
const REFERENCE_NODE_MS = 30

const BARE = 'node -e 0'
const START = 'set-up, start alone (a required failure)'
const DETECT = 'detect-project on the example'
const HIT = 'set-up, uv in the tool cache'
const COLD = 'set-up, cold: uv downloaded and verified'

/** Whole processes of the built actions against a mirror on loopback; true when every target is met. */
export async function startBench(rounds: number): Promise<boolean> {
  const mirror = await startUvMirror()
  try {
    console.log(
      `A uv of ${(mirror.size / 1e6).toFixed(1)} MB on loopback; ${rounds} interleaved runs of each case.`,
    )
    const samples = await interleave(await casesFor(mirror), rounds)
    return report('Start and install (median wall time of the whole process)', rowsOf(samples))
  } finally {
    await mirror.close()
  }
}

async function casesFor(mirror: UvMirror): Promise<Record<string, Case>> {
  const workspace = tempDir('bench-workspace-')
  writeFiles(workspace, {
    'pyproject.toml': '[project]\nname = "bench"\nversion = "1"\nrequires-python = ">=3.11"\n',
  })
  const inputs = {
    install: 'none',
    cache: 'false',
    'uv-version': mirror.version,
    'uv-source': 'tool-cache,mirror',
    'uv-mirror': mirror.url,
    'uv-checksum': mirror.sha256,
  }
  const setUp = (toolCache: string) => runBundle('setup-uv-python', { workspace, toolCache, inputs })
  const warm = toolCacheWithPython()
  expectSource(await setUp(warm), 'mirror')
  return {
    [BARE]: () => wall(process.execPath, ['-e', '0']),
    [START]: async () => {
      const run = await runBundle('setup-uv-python')
      if (!run.stdout.includes('No pyproject.toml in')) throw unexpected(run)
      return run.ms
    },
    [DETECT]: async () => {
      const example = join(root, 'examples', 'tokenledger')
      const run = await runBundle('detect-project', { workspace: example })
      if (run.exitCode !== 0) throw unexpected(run)
      return run.ms
    },
    [HIT]: async () => expectSource(await setUp(warm), 'tool-cache'),
    [COLD]: async () => {
      const toolCache = toolCacheWithPython()
      const ms = expectSource(await setUp(toolCache), 'mirror')
      removeDir(toolCache)
      return ms
    },
  }
}

/** A tool cache as a hosted runner has it: a complete Python, found by its directory and not started. */
export function toolCacheWithPython(): string {
  const toolCache = tempDir('bench-tools-')
  const folder = join(toolCache, 'Python', '3.11.9', process.arch)
  mkdirSync(join(folder, 'bin'), { recursive: true })
  for (const name of ['python3.11', 'python3', 'python']) {
    writeFileSync(join(folder, 'bin', name), '#!/bin/sh\nexit 1\n', { mode: 0o755 })
  }
  writeFileSync(`${folder}.complete`, '')
  return toolCache
}

function expectSource(run: BundleRun, source: string): number {
  if (run.exitCode !== 0 || run.outputs['uv-source'] !== source) throw unexpected(run)
  return run.ms
}

export function unexpected({ exitCode, stdout, stderr }: BundleRun): Error {
  return new Error(`The action ended with ${exitCode} and not as the bench needs it:\n${stdout}\n${stderr}`)
}

function rowsOf(samples: Samples): Row[] {
  const of = (name: string) => median(samples.get(name) ?? [])
  const bare = of(BARE)
  const scale = Math.max(1, bare / REFERENCE_NODE_MS)
  const row = (name: string, limit?: { readonly ms: number; readonly words: string }): Row => ({
    name,
    measured: inSeconds(of(name)),
    ratio: `${(of(name) / bare).toFixed(1)} x node`,
    target: limit?.words ?? '',
    ...(limit ? { met: of(name) <= limit.ms } : {}),
  })
  const seconds = (ms: number) => ({
    ms: ms * scale,
    words: `<= ${inSeconds(ms * scale)}${scale > 1 ? ` (${inSeconds(ms)} where node takes 0.030 s)` : ''}`,
  })
  const multiple = { ms: 3.5 * bare, words: '<= 3.5 x node' }
  return [row(BARE), row(START, multiple), row(DETECT), row(HIT, seconds(150)), row(COLD, seconds(450))]
}
