import { gitIn, tempDir } from '@tokenledger/testkit'

export interface ManyCommits {
  readonly commits: number
  /** Spread evenly; the last one is as far from HEAD as two are from each other. Every second one is annotated. */
  readonly tags: number
}

const TYPES = ['feat', 'fix(ledger)', 'docs', 'chore(deps)', 'refactor', 'test', 'perf'] as const
/** Seconds between two commits. */
const PAUSE = 3600
const START = 1_600_000_000

/**
 * A repository with so many commits, made by one `git fast-import` in a second or two: conventional messages, some squashed with
 * a list of subjects in the body, files in two packages, a merge of a branch at every tenth. Tags are v0.1.0, v0.2.0, …
 */
export function manyCommits({ commits, tags }: ManyCommits): string {
  const path = tempDir('many-commits-')
  const stream = Array.from({ length: commits }, (_, index) => commit(index + 1))
  for (let number = 1; number <= tags; number++) {
    stream.push(tag(Math.round((number * commits) / (tags + 1)), number))
  }
  const git = gitIn(path)
  git('init', '--quiet', '--initial-branch', 'main')
  gitIn(path, stream.join(''))('-c', 'core.compression=0', 'fast-import', '--quiet', '--depth=0')
  git('reset', '--hard', '--quiet')
  return path
}

function commit(mark: number): string {
  // Before a merge come two commits of its branch, which began at the commit before them.
  const place = mark % 10
  const isMerge = place === 0 && mark >= 10
  const from = isMerge ? mark - 3 : mark - 1
  const folder = mark % 3 === 0 ? 'dashboard' : 'tokenledger'
  return [
    'commit refs/heads/main',
    `mark :${mark}`,
    `committer bench <bench@example.com> ${START + mark * PAUSE} +0000`,
    data(messageOf(mark, isMerge)),
    ...(mark > 1 ? [`from :${from}`] : []),
    ...(isMerge ? [`merge :${mark - 1}`] : []),
    `M 100644 inline ${folder}/part${mark % 20}/module${mark % 250}.py`,
    data(`value = ${mark}\n`),
    '',
  ].join('\n')
}

function messageOf(mark: number, isMerge: boolean): string {
  if (isMerge)
    return `Merge pull request #${mark} from example/branch-${mark}\n\nfix: what the branch was for\n`
  const type = TYPES[mark % TYPES.length]
  const squashed = mark % 7 === 3 ? '* feat: first try\n\n* fix: second try\n\n' : ''
  const body = `${squashed}Why this was needed, on a line of ordinary length.\n`
  return `${type}: change number ${mark} (#${mark})\n\n${body}\nSigned-off-by: bench <bench@example.com>\n`
}

function tag(mark: number, number: number): string {
  const name = `v0.${number}.0`
  if (number % 2 === 1) return `reset refs/tags/${name}\nfrom :${mark}\n\n`
  const tagger = `tagger bench <bench@example.com> ${START + mark * PAUSE} +0000`
  return [`tag ${name}`, `from :${mark}`, tagger, data(name), ''].join('\n')
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}`
}
