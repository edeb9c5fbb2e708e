import { StringDecoder } from 'node:string_decoder'

export interface LineWriter {
  write(chunk: string | Uint8Array): void
  /** Writes what is left after the last line end. */
  flush(): void
}

/** A line without an end is written in pieces beyond this many UTF-16 units; no secret is half as long. */
const LONGEST_LINE = 64 * 1024
const HELD_BACK = 16 * 1024

/**
 * Hands whole lines to `redact` and what comes back to `write`, so that a secret, or a character, that two chunks share
 * is found too. Of a line that does not end the last 16 KiB are held back. Nothing is written after the last line end until `flush`.
 */
export function redactLines(redact: (text: string) => string, write: (text: string) => void): LineWriter {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  const emit = (text: string) => {
    if (text) write(text)
  }
  return {
    write: chunk => {
      rest += typeof chunk === 'string' ? chunk : decoder.write(Buffer.from(chunk))
      const end = rest.lastIndexOf('\n') + 1
      emit(redact(rest.slice(0, end)))
      rest = rest.slice(end)
      if (rest.length <= LONGEST_LINE) return
      rest = redact(rest)
      emit(rest.slice(0, -HELD_BACK))
      rest = rest.slice(-HELD_BACK)
    },
    flush: () => {
      emit(redact(rest + decoder.end()))
      rest = ''
    },
  }
}
