import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { bareClone, type GitHubApi, gitRepo, startGitHubApi, tempDir } from '@tokenledger/testkit'
import { interleave, median } from './interleave.ts'
import { useMemoryFolder } from './memory-folder.ts'
import { inSeconds, report } from './verdict.ts'

const ROUNDS = 5
const FILES = 20
const BYTES = 5_000_000
const LATENCY_MS = 100
const MOST_RATIO = 0.5
const REPOSITORY = 'acme/shop'
const TAG = 'v1.0.0'
const UPLOAD = join(import.meta.dirname, 'upload-process.ts')

/** 20 files of 5 MB into a draft, four at once and one by one, on a server that answers after 100 ms; true when the target is met. */
export async function bench(): Promise<number> {
  useMemoryFolder()
  const files = makeFiles()
  const source = gitRepo()
  source.git('tag', TAG)
  const settings = { latencyMs: LATENCY_MS }
  const github = await startGitHubApi({ repository: REPOSITORY, git: bareClone(source), settings })
  try {
    const cases = {
      'four at once': () => upload(github, files, 4),
      'one by one': () => upload(github, files, 1),
    }
    const samples = await interleave(cases, ROUNDS)
    const [ours = 0, alone = 0] = Object.keys(cases).map(name => median(samples.get(name) ?? []))
    const ratio = ours / alone
    const title = `Upload of ${FILES} files of 5 MB, verified, ${LATENCY_MS} ms to each answer (median of ${ROUNDS} interleaved runs)`
    const row = { measured: inSeconds(ours), ratio: `${ratio.toFixed(2)} x one by one` }
    const met = report(title, [
      { name: 'four at once', ...row, target: `<= ${MOST_RATIO} x`, met: ratio <= MOST_RATIO },
      { name: 'one by one', measured: inSeconds(alone), ratio: '', target: '' },
    ])
    return met ? 0 : 1
  } finally {
    await github.close()
  }
}

function makeFiles(): string[] {
  const folder = tempDir('release-files-')
  return Array.from({ length: FILES }, (_, index) => {
    const path = join(folder, `shop-1.0.0-cp3${index}-none-any.whl`)
    writeFileSync(path, Buffer.alloc(BYTES, index + 1))
    return path
  })
}

/** In a process of its own, as the server is somewhere else, too; ms. */
async function upload(github: GitHubApi, files: readonly string[], concurrency: number): Promise<number> {
  github.releases.length = 0
  const args = [UPLOAD, github.url, REPOSITORY, TAG, `${concurrency}`, ...files]
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    ...args,
  ])
  return Number(stdout)
}
