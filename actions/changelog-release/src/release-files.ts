import {
  checksums,
  compareExpected,
  type Distribution,
  findFiles,
  type MeasuredFile,
  measureFile,
  readDistribution,
  readExpectedDigests,
  refuseUnfit,
  versionProblems,
} from '@tokenledger/distributions'
import type { LocalFile } from '@tokenledger/github'
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
  /** Absolute path of the checksums; undefined without files, or when there are to be none. */
  readonly checksumsFile: string | undefined
}

/**
 * Finds the files, measures them, and refuses what must not be released: versions other than the tag's, digests other than the
 * build's, names that occur twice.
 */
export async function readFiles(
  inputs: Pick<ReleaseInputs, 'workspace' | 'files' | 'expectedDigests' | 'checksums' | 'verifyVersion'>,
  { tag, version }: Pick<Subject, 'tag' | 'version'>,
): Promise<ReleaseFiles> {
  const expected = readExpectedDigests(inputs.expectedDigests)
  const paths = await findFiles(inputs.workspace, inputs.files)
  const files = await Promise.all(paths.map(measureFile))
  refuseUnfit([...files, ...(inputs.checksums ? [{ name: inputs.checksums, size: 1, path: '' }] : [])])
  const distributions = (await Promise.all(paths.map(readDistribution))).filter(found => found !== undefined)
  const problems = [
    ...(inputs.verifyVersion ? versionProblems({ tag, version: version.text }, distributions) : []),
    ...(files.length > 0 ? compareExpected(files, expected) : []),
  ]
  if (problems.length > 0) throw new UserError(problems.join('\n'))
  return { files, distributions, expected, checksumsFile: writeChecksums(files, inputs.checksums) }
}

function writeChecksums(files: readonly MeasuredFile[], name: string): string | undefined {
  return name && files.length > 0 ? writeStepFile('changelog-release', name, checksums(files)) : undefined
}

/** Everything that is uploaded: the files, their checksums, and the whole notes where they had to be cut. */
export async function uploads(
  { files, checksumsFile }: ReleaseFiles,
  notesFile: string | undefined,
): Promise<LocalFile[]> {
  const more = [checksumsFile, notesFile].filter(path => path !== undefined)
  return [...files, ...(await Promise.all(more.map(measureFile)))].map(file => ({
    ...file,
    contentType: contentType(file.name),
  }))
}

/** What a browser does with it; GitHub gives it back as it was sent. */
function contentType(name: string): string {
  if (/\.(?:whl|zip)$/.test(name)) return 'application/zip'
  if (/\.(?:tar\.gz|tgz|gz)$/.test(name)) return 'application/gzip'
  if (/\.json$/.test(name)) return 'application/json'
  return /\.(?:md|txt)$|SUMS$/.test(name) ? 'text/plain; charset=utf-8' : 'application/octet-stream'
}
