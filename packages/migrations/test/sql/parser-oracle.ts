import { loadModule, parseSync, scanSync } from 'libpg-query'

await loadModule()

/** PostgreSQL 18's own parser: where each statement starts, in UTF-16 units; undefined for what it cannot parse. */
export function parsedOffsets(text: string): number[] | undefined {
  let statements: ReturnType<typeof parseSync>['stmts']
  try {
    statements = parseSync(text).stmts ?? []
  } catch {
    return undefined
  }
  const offsets = utf16Offsets(text)
  return statements.map(({ stmt_location = 0 }) => offsets[stmt_location] ?? -1)
}

/** PostgreSQL 18's own scanner: start and end of each token in UTF-16 units, comments among them; or what it refuses. */
export function scannedTokens(
  text: string,
): { readonly start: number; readonly end: number; readonly name: string }[] | Error {
  try {
    const offsets = utf16Offsets(text)
    return scanSync(text).tokens.map(({ start, end, tokenName }) => ({
      start: offsets[start] ?? -1,
      end: offsets[end] ?? -1,
      name: tokenName,
    }))
  } catch (error) {
    return error as Error
  }
}

/** The UTF-16 offset of each offset in bytes of UTF-8 that a character starts at. */
function utf16Offsets(text: string): Int32Array {
  const offsets = new Int32Array(Buffer.byteLength(text) + 1)
  let [bytes, units] = [0, 0]
  for (const character of text) {
    offsets[bytes] = units
    bytes += Buffer.byteLength(character)
    units += character.length
  }
  offsets[bytes] = units
  return offsets
}
