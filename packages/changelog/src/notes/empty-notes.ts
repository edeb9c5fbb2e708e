import { UserError } from '@tokenledger/kit'

/** For the caller to whom notes without text are an error. */
export function emptyNotes(previous: string | undefined, tag: string): UserError {
  const where = previous === undefined ? `before ${tag}` : `between ${previous} and ${tag}`
  return new UserError(`NOTES_EMPTY: no commits ${where}`)
}
