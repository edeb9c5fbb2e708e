import { http, UserError } from '@tokenledger/kit'

/** One source that was asked in vain. */
export interface Attempt {
  /** The host, or the source's name where there is no host of ours to name. */
  readonly source: string
  readonly cause: string
  readonly ms: number
}

/** A source that cannot deliver; the next one is asked. */
export class SourceFailure extends Error {
  override readonly name = 'SourceFailure'
}

/** A source that has the uv, but nothing known to hold it to. */
export class NoDigest extends Error {
  override readonly name = 'NoDigest'
}

/** What went wrong in a few words for the list of sources; undefined for what is not a source's fault. */
export function causeOf(error: unknown): string | undefined {
  if (error instanceof NoDigest) return 'no SHA-256 is known for its file'
  if (error instanceof SourceFailure) return error.message
  if (!(error instanceof http.HttpError)) return undefined
  if (error.kind === 'status') return `HTTP ${error.status}`
  return error.kind === 'connect-timeout' ? 'connect time-out' : error.message
}

/** Every download source failed. `what` is a version or the range that no version could be found for. */
export function couldNotGet(what: string, triple: string, attempts: readonly Attempt[]): UserError {
  return new UserError(
    `Could not get uv ${what} for ${triple}. Tried: ${listed(attempts)}. ` +
      'Behind a proxy set HTTPS_PROXY and NODE_EXTRA_CA_CERTS; with a mirror set uv-mirror.',
  )
}

/** Nothing may be downloaded and what is there does not fit. */
export function notInstalled(what: string, triple: string, attempts: readonly Attempt[]): UserError {
  return new UserError(
    `Could not get uv ${what} for ${triple}. Tried: ${listed(attempts)}. ` +
      'Add mirror, github or pypi to uv-source to allow a download.',
  )
}

export function unknownDigest(version: string, newestKnown: string): UserError {
  return new UserError(
    `No SHA-256 is known here for uv ${version} (newest known: ${newestKnown}). ` +
      'Update this action, pass uv-checksum, or set uv-verify: manifest.',
  )
}

/** `from` is a URL without credentials, or the program that fetched the file. */
export function wrongDigest(
  file: string,
  from: string,
  got: string,
  want: string,
  origin: string,
): UserError {
  return new UserError(
    `SHA-256 of ${file} from ${from} is ${got}, expected ${want} (${origin}). The file was deleted and not run.`,
  )
}

export function refusedArchive(file: string, from: string, why: string): UserError {
  return new UserError(`${file} from ${from} was refused: ${why}. The file was deleted and not run.`)
}

function listed(attempts: readonly Attempt[]): string {
  return attempts.map(({ source, cause, ms }) => `${source} (${cause}, ${http.seconds(ms)})`).join(', ')
}
