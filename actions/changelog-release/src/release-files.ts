import {
  checksums,
  compareExpected,
  type Distribution,
  fileProblems,
  findFiles,
  type MeasuredFile,
  measureFile,
  readDistribution,
  readExpectedDigests,
  versionProblems,
} from '@tokenledger/distributions'
import { type LocalFile, storedName } from '@tokenledger/github'
import { UserError, writeStepFile } from '@tokenledger/kit'
import type { ReleaseInputs } from './inputs.ts'
import type { Subject } from './subject.ts'

/** The files that the release is going to have. */
export interface ReleaseFiles {
  /** What the patterns name, in order of their names. */
  readonly files: readonly MeasuredFile[]
  /** Wheels and sdists among them. */
  readonly distributions: readonly Distribution[]
  /** What the build said it made: digests by name; empty when it said nothing. */
  readonly expected: ReadonlyMap<string, string>
}

/**
 * Finds the files, measures them, and refuses what must not be released: versions other than the tag's, digests other than the
 * build's, names that occur twice.
 */
export async function readFiles(
  inputs: Pick<ReleaseInputs, 'workspace' | 'files' | 'expectedDigests' | 'verifyVersion'>,
  { tag, version }: Pick<Subject, 'tag' | 'version'>,
): Promise<ReleaseFiles> {
  const expected = inputs.expectedDigests ? readExpectedDigests(inputs.expectedDigests) : new Map()
  const paths = await findFiles(inputs.workspace, inputs.files)
  const files = await Promise.all(paths.map(measureFile))
  refuse(fileProblems(files, inputs.workspace))
  const distributions = (await Promise.all(paths.map(readDistribution))).filter(found => found !== undefined)
  refuse([
    ...(inputs.verifyVersion ? versionProblems({ tag, version }, distributions) : []),
    ...(files.length > 0 ? compareExpected(files, expected) : []),
  ])
  return { files, distributions, expected }
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new UserError(problems.join('\n'))
}

/** Everything that is uploaded: the files, the whole notes where they had to be cut, and the checksums of all that. */
export async function uploads(
  { files }: ReleaseFiles,
  notesFile: string | undefined,
  { checksums: name }: Pick<ReleaseInputs, 'checksums'>,
): Promise<LocalFile[]> {
  const all = [...files, ...(notesFile ? [await measureFile(notesFile)] : [])]
  // By the names that GitHub gives, so that they fit what people download.
  const named = all.map(file => ({ name: storedName(file.name), digest: file.digest }))
  const sums =
    name && all.length > 0
      ? [await measureFile(writeStepFile('changelog-release', name, checksums(named)))]
      : []
  return [...all, ...sums].map(file => ({ ...file, contentType: contentType(file.name) }))
}

/** What a browser does with it; GitHub gives it back as it was sent. */
function contentType(name: string): string {
  if (/\.(?:whl|zip)$/.test(name)) return 'application/zip'
  if (/\.(?:tar\.gz|tgz|gz)$/.test(name)) return 'application/gzip'
  if (/\.json$/.test(name)) return 'application/json'
  return /\.(?:md|txt)$|SUMS$/.test(name) ? 'text/plain; charset=utf-8' : 'application/octet-stream'
}
