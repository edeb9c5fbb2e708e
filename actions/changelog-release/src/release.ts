import type { GitHubClient } from '@tokenledger/github'
import { info, UserError, writeStepFile } from '@tokenledger/kit'
import { checkAttestations } from './attestation-check.ts'
import { composeBody, WHOLE_NOTES } from './body.ts'
import { checkTag, checkTree } from './check-tag.ts'
import { type Checkout, noCheckout } from './checkout.ts'
import { checkIndex, type OnIndex } from './index-check.ts'
import type { ReleaseInputs } from './inputs.ts'
import type { Known } from './known.ts'
import { type Notes, writeNotes } from './notes.ts'
import { prepare } from './prepare.ts'
import { proofOf } from './proof.ts'
import { publish, readStored, requirePrepared, type ToPublish } from './publish.ts'
import { type ReleaseFiles, readFiles, uploads } from './release-files.ts'
import type { Subject } from './subject.ts'
import type { Surroundings } from './surroundings.ts'

export interface ReleaseRun {
  readonly client: GitHubClient
  readonly inputs: ReleaseInputs
  readonly at: Surroundings
  readonly checkout: Checkout | undefined
  readonly subject: Subject
  readonly known: Known
}

/** Everything that can be refused comes before the first write, and what cannot be taken back comes last. */
export async function releaseIn(run: ReleaseRun): Promise<void> {
  const { client, inputs, at, checkout, subject, known } = run
  const { phase } = inputs
  if (phase === 'notes') return notesOnly(run)
  if (phase === 'verify' && !checkout) return verifyFiles(run)
  const commit = await checkTag(client, subject, inputs, at, checkout)
  known.commit = commit
  known.checks.push(`${subject.tag} is on commit ${commit.slice(0, 7)}${onBranch(inputs, at)}.`)
  if (checkout && inputs.verifyVersion) {
    checkTree(subject, checkout, inputs.folder)
    known.checks.push(`The tree is version ${subject.version.text}.`)
  }
  const files = await readFiles(inputs, subject)
  known.digests = digestsOf(files)
  sayFiles(files, known)
  if (phase === 'verify') return verify(run, files)
  if (phase === 'publish') return publishPrepared(run, files)

  const notes = await notesOf(run)
  const { body, wholeNotes } = bodyOf(run, notes, commit)
  const wanted = await uploads(files, wholeNotes, inputs)
  known.checksumsFile = wanted.find(({ name }) => name === inputs.checksums)?.path
  const onIndex = inputs.verifyIndex ? await index(run, files, false) : undefined
  const draft = await prepare(client, { subject, commit, wanted, body }, inputs, at, known)
  known.proof = proof(files, known, { onIndex })
  if (!draft) return
  known.state = 'prepared'
  if (phase === 'prepare') return
  await lastStep(run, { release: draft, wanted, commit }, files)
}

/**
 * A job that uploads to a package index has no checkout, and no right to ask GitHub: it compares its files with the version, the
 * build and the index.
 */
async function verifyFiles(run: ReleaseRun): Promise<void> {
  const { inputs, subject, known } = run
  if (inputs.files.length === 0) requireCheckout(run)
  const files = await readFiles(inputs, subject)
  known.digests = digestsOf(files)
  sayFiles(files, known)
  const onIndex = inputs.verifyIndex ? await index(run, files, false) : undefined
  known.proof = proof(files, known, { onIndex })
  known.state = 'verified'
}

/** Nothing is written, and a release that is published already is told as such, so that later jobs can be left out. */
async function verify(run: ReleaseRun, files: ReleaseFiles): Promise<void> {
  const { client, inputs, at, subject, known } = run
  const stored = await readStored(client, subject, digestsOf(files), inputs, at, known)
  const isPublished = stored.kind === 'published'
  if (!isPublished) known.digests = digestsOf(files)
  const hasFiles = comparable(files, known).size > 0
  const onIndex = inputs.verifyIndex && hasFiles ? await index(run, files, isPublished) : undefined
  const attested = inputs.verifyAttestations && hasFiles ? await attestations(run, files) : undefined
  known.proof = proof(files, known, { onIndex, attested })
  known.state = isPublished ? 'already-published' : 'verified'
}

async function notesOnly(run: ReleaseRun): Promise<void> {
  const { known } = run
  known.commit = requireCheckout(run).head
  const notes = await notesOf(run)
  known.body = notes.body
  known.state = 'noted'
}

async function publishPrepared(run: ReleaseRun, files: ReleaseFiles): Promise<void> {
  const { client, inputs, at, subject, known } = run
  const built = new Map([...files.expected, ...digestsOf(files)])
  const prepared = requirePrepared(await readStored(client, subject, built, inputs, at, known), subject)
  if (prepared) return lastStep(run, prepared, files)
  known.proof = proof(files, known, await elsewhere(run, files))
}

/** What other places hold is compared first: after the release is published, there is no way back. */
async function lastStep(run: ReleaseRun, what: ToPublish, files: ReleaseFiles): Promise<void> {
  const { client, inputs, at, subject, known } = run
  const places = await elsewhere(run, files)
  if (inputs.dryRun) return
  await publish(client, subject, what, inputs, at, known)
  known.proof = proof(files, known, places)
}

/** What the package index and the attestations say, where they are asked; each file has to be there. */
async function elsewhere(run: ReleaseRun, files: ReleaseFiles) {
  const { inputs, known } = run
  if ((inputs.verifyIndex || inputs.verifyAttestations) && comparable(files, known).size === 0) {
    throw new UserError(
      'RELEASE_NO_FILES: verify-index and verify-attestations have no file to look for; give files or expected-digests, or turn them off',
    )
  }
  return {
    onIndex: inputs.verifyIndex ? await index(run, files, true) : undefined,
    attested: inputs.verifyAttestations ? await attestations(run, files) : undefined,
  }
}

async function notesOf(run: ReleaseRun): Promise<Notes> {
  const { client, subject, inputs, at, known } = run
  const notes = await writeNotes({ client, subject, inputs, at, checkout: requireCheckout(run) })
  known.notes = notes
  known.notesFile = writeStepFile('changelog-release', WHOLE_NOTES, `${notes.body.trim()}\n`)
  const since = notes.previous ? `since ${notes.previous.tag}` : 'before the first release'
  info(
    `Notes from ${notes.source}: ${notes.commits.length} ${notes.commits.length === 1 ? 'commit' : 'commits'} ${since}.`,
  )
  if (notes.left && notes.left.length > 0) {
    known.warnings.push(
      `${notes.left.length} of ${notes.commits.length} commits are not in the notes; the summary lists them.`,
    )
  }
  return notes
}

function bodyOf(run: ReleaseRun, notes: Notes, commit: string) {
  const { subject, at, known } = run
  const { body, wasCut } = composeBody(notes, subject, at, commit)
  known.body = body
  if (wasCut)
    known.warnings.push(
      `The notes are too long for GitHub; the whole is in ${WHOLE_NOTES}, a file of the release.`,
    )
  return { body, wholeNotes: wasCut ? known.notesFile : undefined }
}

function requireCheckout({ checkout, inputs }: ReleaseRun): Checkout {
  if (checkout) return checkout
  throw noCheckout(inputs)
}

function index(
  { inputs, subject, known }: ReleaseRun,
  files: ReleaseFiles,
  mustBeThere: boolean,
): Promise<OnIndex> {
  return checkIndex(comparable(files, known), inputs, { version: subject.version, mustBeThere })
}

function attestations({ client, at, known }: ReleaseRun, files: ReleaseFiles): Promise<ReadonlySet<string>> {
  return checkAttestations(client, at.repository, comparable(files, known))
}

/** What the build has made; where nobody said, all files of the release. */
function comparable({ expected }: ReleaseFiles, { digests }: Known): ReadonlyMap<string, string> {
  if (expected.size > 0) return expected
  return new Map([...(digests ?? [])].filter(([name]) => name !== WHOLE_NOTES))
}

function digestsOf({ files, expected }: ReleaseFiles): ReadonlyMap<string, string> {
  return files.length > 0 ? new Map(files.map(({ name, digest }) => [name, digest])) : expected
}

function proof(
  { expected }: ReleaseFiles,
  { digests = new Map(), assets }: Known,
  places: { readonly onIndex?: OnIndex | undefined; readonly attested?: ReadonlySet<string> | undefined },
) {
  const { onIndex, attested } = places
  const released = assets && new Map(assets.map(({ name, digest }) => [name, digest ?? '']))
  return proofOf({
    digests,
    built: expected,
    ...(onIndex ? { onIndex } : {}),
    ...(attested ? { attested } : {}),
    ...(released ? { released } : {}),
  })
}

function onBranch({ verifyAncestor }: ReleaseInputs, { defaultBranch }: Surroundings): string {
  const branches = verifyAncestor ?? [defaultBranch]
  return branches.length > 0 ? `, which is on ${branches.join(' or ')}` : ''
}

function sayFiles({ files, distributions, expected }: ReleaseFiles, known: Known): void {
  const { checks } = known
  known.sizes = new Map(files.map(({ name, size }) => [name, size]))
  for (const { name, size, digest } of files) info(`  ${digest}  ${size} bytes  ${name}`)
  if (distributions.length > 0)
    checks.push(`${distributions.length} of ${files.length} files are of this version by their own metadata.`)
  if (expected.size > 0 && files.length > 0)
    checks.push(`${expected.size} digests are those that the build has named.`)
}
