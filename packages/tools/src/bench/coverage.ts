import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gitIn, gitRepo, runBundle, tempDir } from '@tokenledger/testkit'
import { writeCoberturaReport } from './coverage-report.ts'
import { type Case, interleave, median, type Samples } from './interleave.ts'
import { useMemoryFolder } from './memory-folder.ts'
import { unexpected } from './start.ts'
import { inSeconds, type Row, report } from './verdict.ts'
import { wall } from './wall.ts'

const ROUNDS = 5
const BARE = 'node -e 0'
const START = 'start alone (no report is there)'
const SMALL = 'a small report, a gate, nothing to post'

interface Size {
  readonly mb: number
  /** Most time and memory, where there is a target. */
  readonly ms?: number
  readonly rssMb?: number
}

const SIZES: readonly Size[] = [{ mb: 1 }, { mb: 20, ms: 1000 }, { mb: 100, ms: 4000, rssMb: 250 }]

/** The whole action on reports of 1, 20 and 100 MB, and its start; true when every target is met. */
export async function bench(): Promise<number> {
  useMemoryFolder()
  const memory = new Map<number, number>()
  const cases: Record<string, Case> = {
    [BARE]: () => wall(process.execPath, ['-e', '0']),
    [START]: starting,
    [SMALL]: await judging(0.01),
  }
  for (const { mb } of SIZES) cases[nameOf(mb)] = await judging(mb, memory)
  const samples = await interleave(cases, ROUNDS)
  const title = `coverage-upload-gate, whole process (median of ${ROUNDS} interleaved runs)`
  return report(title, rowsOf(samples, memory)) ? 0 : 1
}

function nameOf(mb: number): string {
  return `${mb} MB of Cobertura`
}

const checkout = gitRepo()

async function starting(): Promise<number> {
  const run = await runBundle('coverage-upload-gate', { workspace: checkout.path })
  if (!run.stdout.includes('No coverage report matched')) throw unexpected(run)
  return run.ms
}

/** A checkout with a report of so many MB, whose files are all tracked. The most memory of its runs goes into `memory`. */
async function judging(mb: number, memory?: Map<number, number>): Promise<Case> {
  const workspace = tempDir('bench-coverage-')
  const path = join(workspace, 'coverage.xml')
  await writeCoberturaReport(path, mb * 1e6)
  for (const file of filesIn(path)) {
    mkdirSync(dirname(join(workspace, 'src', file)), { recursive: true })
    writeFileSync(join(workspace, 'src', file), '')
  }
  writeFileSync(join(workspace, '.gitignore'), 'coverage.xml\n')
  const git = gitIn(workspace)
  git('init', '--quiet')
  git('add', '--all')
  git('commit', '--quiet', '--message', 'measured files')
  const inputs = { 'min-total': '50', upload: 'off' }
  return async () => {
    const run = await runBundle('coverage-upload-gate', { workspace, inputs, env: TELLS_MEMORY })
    if (run.exitCode !== 0 || run.outputs.gate !== 'pass') throw unexpected(run)
    const rss = Number(/most memory: (\d+) kB/.exec(run.stderr)?.[1]) / 1000
    memory?.set(mb, Math.max(memory.get(mb) ?? 0, rss))
    return run.ms
  }
}

/** The process itself says how much it needed; a program around it would be measured with it. */
const TELLS_MEMORY = {
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(
    "process.on('exit',()=>process.stderr.write('most memory: '+process.resourceUsage().maxRSS+' kB\\n'))",
  )}`,
}

function filesIn(report: string): string[] {
  const found = execFileSync('grep', ['-o', 'filename="[^"]*"', report], { encoding: 'utf8', maxBuffer: 1e9 })
  return [...new Set([...found.matchAll(/"([^"]*)"/g)].map(([, name]) => name ?? ''))]
}

function rowsOf(samples: Samples, memory: ReadonlyMap<number, number>): Row[] {
  const of = (name: string) => median(samples.get(name) ?? [])
  const bare = of(BARE)
  const [start, small] = [of(START), of(SMALL)]
  return [
    { name: BARE, measured: inSeconds(bare), ratio: '1.0 x node', target: '' },
    {
      name: START,
      measured: inSeconds(start),
      ratio: `${(start / bare).toFixed(1)} x node`,
      target: '<= 3.5 x node',
      met: start <= 3.5 * bare,
    },
    { name: SMALL, measured: inSeconds(small), ratio: `${(small / bare).toFixed(1)} x node`, target: '' },
    ...SIZES.map(({ mb, ms: mostMs, rssMb: mostMb }): Row => {
      const ms = of(nameOf(mb))
      const rssMb = memory.get(mb) ?? 0
      const targets = [...(mostMs ? [`<= ${inSeconds(mostMs)}`] : []), ...(mostMb ? [`<= ${mostMb} MB`] : [])]
      const met = ms <= (mostMs ?? ms) && rssMb <= (mostMb ?? rssMb)
      return {
        name: nameOf(mb),
        measured: `${inSeconds(ms)}, ${rssMb.toFixed(0)} MB of memory`,
        ratio: `${((ms - small) / mb).toFixed(0)} ms/MB beside the small one`,
        target: targets.join(', '),
        ...(targets.length > 0 ? { met } : {}),
      }
    }),
  ]
}
