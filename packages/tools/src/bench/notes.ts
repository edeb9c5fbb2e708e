import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { gitCliffNotes, releaseHistory } from '@tokenledger/changelog'
import { gitAt } from '@tokenledger/kit'
import { gitCliffProgram } from '../../../tool-install/test/git-cliff/program.ts'
import { root as ownRoot } from '../repository.ts'
import { interleave, median, type Samples } from './interleave.ts'
import { manyCommits } from './many-commits.ts'
import { useMemoryFolder } from './memory-folder.ts'
import { inSeconds, type Row, report } from './verdict.ts'
import { wall } from './wall.ts'

const ROUNDS = 5
const MOST_MORE_MS = 500
const NEXT = 'v0.201.0'
/** One release, and a first one that has every commit. */
const RANGES = [
  { name: 'since the last of 200 tags', from: 'v0.200.0' },
  { name: 'the whole history', from: undefined },
] as const

/** The notes of a release on 10,000 commits: what they cost more than git-cliff alone; true when the target is met. */
export async function bench(): Promise<number> {
  useMemoryFolder()
  const program = await gitCliffProgram()
  const root = manyCommits({ commits: 10_000, tags: 200 })
  copyFileSync(join(ownRoot, 'examples/tokenledger/cliff.toml'), join(root, 'cliff.toml'))
  const cases = RANGES.flatMap(({ name, from }) => [
    [`ours: history and notes, ${name}`, () => ours(program, root, from)] as const,
    [`git-cliff alone, ${name}`, () => alone(program, root, from)] as const,
  ])
  const samples = await interleave(Object.fromEntries(cases), ROUNDS)
  const title = `Notes on 10,000 commits and 200 tags (median of ${ROUNDS} interleaved runs)`
  return report(title, rowsOf(samples)) ? 0 : 1
}

async function ours(program: string, root: string, from: string | undefined): Promise<number> {
  const started = performance.now()
  const git = gitAt(root)
  const { previous, commits } = await releaseHistory(git, {
    choose: tags => tags.find(({ tag }) => tag === from),
  })
  const notes = await gitCliffNotes({
    git,
    program,
    root,
    config: 'cliff.toml',
    tag: NEXT,
    previous,
    commits,
  })
  const ms = performance.now() - started
  if (notes.included + notes.merges.length !== commits.length) throw new Error('the notes lack commits')
  return ms
}

/** For the same text: without the tags in between, and with the name of the release. */
function alone(program: string, root: string, from: string | undefined): Promise<number> {
  const range = from === undefined ? [] : ['--', `${from}..HEAD`]
  const args = ['--config', 'cliff.toml', '--offline', '--no-exec', '--strip', 'header']
  return wall(program, [...args, '--ignore-tags', '.', '--tag', NEXT, ...range], { cwd: root })
}

function rowsOf(samples: Samples): Row[] {
  const names = [...samples.keys()]
  return names.map((name, index) => {
    const ms = median(samples.get(name) ?? [])
    if (index % 2 === 1) return { name, measured: inSeconds(ms), ratio: '', target: '' }
    const more = ms - median(samples.get(names[index + 1] ?? '') ?? [])
    return {
      name,
      measured: inSeconds(ms),
      ratio: `${inSeconds(more)} more than alone`,
      target: `<= ${inSeconds(MOST_MORE_MS)} more`,
      met: more <= MOST_MORE_MS,
    }
  })
}
