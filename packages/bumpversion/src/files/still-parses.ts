import { UserError } from '@tokenledger/kit'
import { parse } from 'smol-toml'

/** Refuses an edit after which a TOML or JSON file is broken that was whole before. */
export function requireStillParses(path: string, before: string, after: string): void {
  const read = readerOf(path)
  if (!read || failure(read, before) !== undefined) return
  const words = failure(read, after)
  if (words !== undefined)
    throw new UserError(
      `BUMP_FILE_BROKEN: ${path} would no longer be valid (${words}); correct its search and replace. No file was changed`,
    )
}

function readerOf(path: string): ((text: string) => unknown) | undefined {
  if (path.endsWith('.toml')) return parse
  if (path.endsWith('.json')) return JSON.parse
  return undefined
}

function failure(read: (text: string) => unknown, text: string): string | undefined {
  try {
    read(text.replace(/^\uFEFF/, ''))
    return undefined
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]
  }
}
