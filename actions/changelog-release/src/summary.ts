import { type Commit, shortHash } from '@tokenledger/changelog'
import { codeSpan, details, markdownTable, plainText, type SummaryPart } from '@tokenledger/kit'
import type { ReleaseInputs } from './inputs.ts'
import type { Known } from './known.ts'
import { bytes } from './progress.ts'
import type { ProofRow } from './proof.ts'
import type { Surroundings } from './surroundings.ts'

/** Most commits that are listed. */
const MOST_LISTED = 100

/** The verdict first, then what to do next, then the proof, then what it is made of. */
export function summaryParts(
  known: Known,
  inputs: Pick<ReleaseInputs, 'phase' | 'dryRun'>,
  at: Pick<Surroundings, 'repositoryUrl'>,
): SummaryPart[] {
  const { failure, warnings, checks, proof, notes, release } = known
  const part = (markdown: string, dropOrder: number): SummaryPart => ({ markdown, dropOrder })
  return [
    part(`### ${verdict(known, inputs)}`, 0),
    ...(failure ? [part(failure.split('\n').map(plainText).join('<br>'), 0)] : []),
    ...(failure ? [] : [part(nextStep(known, inputs), 1)].filter(({ markdown }) => markdown !== '')),
    ...(warnings.length > 0 ? [part(warnings.map(text => `- ⚠️ ${plainText(text)}`).join('\n'), 2)] : []),
    ...(proof && proof.length > 0 ? [part(proofTable(proof, known), 1)] : []),
    ...(checks.length > 0 ? [part(checks.map(text => `- ${plainText(text)}`).join('\n'), 3)] : []),
    ...(release ? [part(links(known, at), 3)] : []),
    ...(known.body !== undefined ? [part(details('Notes', visible(known.body) || '_None._'), 4)] : []),
    ...(notes ? [part(details('Where the notes come from', origin(known)), 5)] : []),
    ...(notes?.left && notes.left.length > 0
      ? [part(details(`Commits that are not in the notes (${notes.left.length})`, list(notes.left)), 5)]
      : []),
  ]
}

/** One line without markup at its beginning; also the last line of the log. */
export function verdict(known: Known, { phase, dryRun }: Pick<ReleaseInputs, 'phase' | 'dryRun'>): string {
  const { subject, state, failure, release } = known
  const tag = subject?.tag ?? 'The tag'
  if (failure) return `❌ ${tag} was not ${DONE[phase]}`
  if (state === 'already-published') return `✅ ${tag} is published already, and it is the same`
  if (dryRun) return `Dry run: ${tag} would be ${DONE[phase]}, nothing was written`
  switch (state) {
    case 'published':
      return `✅ ${tag} is published${release?.isImmutable ? ' and immutable' : ''}${known.isLatest ? ', the latest release' : ''}`
    case 'prepared':
      return `✅ ${tag} is prepared as a draft with ${known.assets?.length ?? 0} files`
    case 'noted':
      return `✅ Notes of ${tag}: ${known.notes?.commits.length ?? 0} commits`
    default:
      return `✅ ${tag} can be released`
  }
}

const DONE = {
  all: 'published',
  publish: 'published',
  prepare: 'prepared',
  verify: 'verified',
  notes: 'described',
} as const

function nextStep({ state, release }: Known, { dryRun }: Pick<ReleaseInputs, 'dryRun'>): string {
  if (dryRun || state !== 'prepared' || !release) return ''
  return `Next: the package index, then phase publish. Until then [the draft](${release.url}) is seen by people who can write here alone; its text may be edited, and stays.`
}

/** What is the same in all places where a file lies. */
function proofTable(rows: readonly ProofRow[], { assets = [], sizes: own }: Known): string {
  const sizes = new Map([...assets.map(asset => [asset.name, asset.size] as const), ...(own ?? [])])
  const columns: readonly (readonly [string, (row: ProofRow) => string | undefined])[] = [
    ['build', ({ inBuild }) => mark(inBuild)],
    ['package index', ({ onIndex }) => (onIndex ? INDEX[onIndex] : undefined)],
    ['release', ({ inRelease }) => mark(inRelease)],
    ['attested', ({ isAttested }) => mark(isAttested)],
  ]
  const shown = columns.filter(([, cell]) => rows.some(row => cell(row) !== undefined))
  const table = markdownTable(
    ['file', 'SHA-256', 'size', ...shown.map(([name]) => name)],
    rows.map(row => [
      codeSpan(row.file),
      codeSpan(row.digest.replace(/^sha256:/, '').slice(0, 16)),
      sizes.has(row.file) ? bytes(sizes.get(row.file) ?? 0) : '',
      ...shown.map(([, cell]) => cell(row) ?? '–'),
    ]),
  )
  const whole = rows.map(({ file, digest }) => `${digest.replace(/^sha256:/, '')}  ${file}`).join('\n')
  return `**Proof**\n\n${table}\n\n${details('Whole digests', `\`\`\`text\n${whole}\n\`\`\``)}`
}

const INDEX = { equal: '✅', differs: '❌ differs', absent: 'not yet' } as const

function mark(value: boolean | undefined): string | undefined {
  return value === undefined ? undefined : value ? '✅' : '❌'
}

function links(
  { release, subject, notes }: Known,
  { repositoryUrl }: Pick<Surroundings, 'repositoryUrl'>,
): string {
  const tag = encodeURIComponent(subject?.tag ?? '')
  const { previous } = notes ?? {}
  return [
    `[${release?.isDraft ? 'Draft' : 'Release'}](${release?.url})`,
    `[Tree](${repositoryUrl}/tree/${tag})`,
    ...(previous ? [`[Changes](${repositoryUrl}/compare/${encodeURIComponent(previous.tag)}...${tag})`] : []),
  ].join(' · ')
}

/** A text without the comments that later runs read. */
function visible(body: string): string {
  return body.replace(/<!--[\s\S]*?-->/g, '').trim()
}

function origin({ notes }: Known): string {
  if (!notes) return ''
  const { source, previous, commits, unconventional, merges, breaking, repaired } = notes
  return [
    `Source: ${source}.`,
    previous
      ? `Previous tag: ${previous.tag}. ${previous.reason}`
      : 'Previous tag: none; this is the first release.',
    `Commits: ${commits.length}${unconventional.length > 0 ? `, ${unconventional.length} of them not in the form of Conventional Commits` : ''}.`,
    ...(merges > 0 ? [`Merge commits that are left out: ${merges}.`] : []),
    ...breaking.map(line => `Breaks: ${line}`),
    ...(repaired ? [`History: ${repaired}.`] : []),
  ]
    .map(line => `- ${plainText(line)}`)
    .join('\n')
}

function list(commits: readonly Commit[]): string {
  const lines = commits
    .slice(0, MOST_LISTED)
    .map(commit => `- ${codeSpan(shortHash(commit))} ${plainText(commit.message.split('\n')[0] ?? '')}`)
  const more = commits.length - lines.length
  return [...lines, ...(more > 0 ? [`- and ${more} more`] : [])].join('\n')
}
