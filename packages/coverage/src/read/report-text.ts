import { isAscii, isUtf8 } from 'node:buffer'
import { constants, type FileHandle, open } from 'node:fs/promises'
import { messageOf, UserError } from '@tokenledger/kit'
import { broken } from './refusal.ts'

/** A report file that is being read. */
export interface ReportText {
  /** The file as it is shown to people. */
  readonly report: string
  /** The first bytes, to tell what it is. */
  readonly head: Buffer
  /** Bytes in the file. */
  readonly size: number
  /** Its text once from start to end, without a byte order mark, cut anywhere between two characters. */
  chunks(): AsyncGenerator<string, void, undefined>
}

/** Small enough to stay in the processor's cache, large enough that reading takes no share of the time. */
const CHUNK = 64 * 1024
const NEWLINE = 0x0a

/** Opens a report for `use` and closes it. A UserError when there is no such file, or it has more than `maxBytes` bytes. */
export async function withReportText<T>(
  path: string,
  { shownAs, maxBytes }: { readonly shownAs: string; readonly maxBytes: number },
  use: (text: ReportText) => Promise<T>,
): Promise<T> {
  await using file = await openReport(path, shownAs)
  const status = await file.stat()
  if (!status.isFile()) throw new UserError(`${shownAs} is no file. Give files: the report itself.`)
  if (status.size === 0) {
    throw new UserError(
      `${shownAs} is empty (0 bytes). The step that writes it probably failed or was killed; nothing was gated or uploaded.`,
    )
  }
  if (status.size > maxBytes) throw tooLarge(shownAs, status.size, maxBytes)
  const head = Buffer.alloc(Math.min(status.size, CHUNK))
  await file.read(head, 0, head.length, 0)
  const chunks = () => textOf(file, shownAs, maxBytes)
  return await use({ report: shownAs, head, size: status.size, chunks })
}

async function openReport(path: string, shownAs: string): Promise<FileHandle> {
  try {
    // Without waiting for a writer, as opening a pipe would.
    return await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  } catch (error) {
    throw new UserError(`${shownAs} cannot be opened (${messageOf(error)}). Check files:.`)
  }
}

function tooLarge(shownAs: string, size: number, maxBytes: number): UserError {
  return new UserError(
    `${shownAs} has ${size} bytes, more than the ${maxBytes} bytes that are read. Leave generated or third-party code out of the report, or raise max-report-size.`,
  )
}

async function* textOf(
  file: FileHandle,
  report: string,
  maxBytes: number,
): AsyncGenerator<string, void, undefined> {
  const buffer = Buffer.alloc(CHUNK)
  let [kept, position] = [0, 0]
  for (;;) {
    const { bytesRead } = await file.read(buffer, kept, CHUNK - kept, position)
    position += bytesRead
    if (position > maxBytes) throw tooLarge(report, position, maxBytes)
    const bytes = buffer.subarray(0, kept + bytesRead)
    const whole = bytesRead === 0 ? bytes : bytes.subarray(0, wholeCharacters(bytes))
    if (whole.length > 0) {
      const isStart = position === bytes.length
      const text = decode(whole)
      if (text === undefined) throw await notUtf8(file, report, position - bytes.length)
      yield isStart ? text.replace(/^\uFEFF/, '') : text
    }
    if (bytesRead === 0) return
    kept = bytes.length - whole.length
    buffer.copyWithin(0, whole.length, bytes.length)
  }
}

/** Text of ASCII takes one byte a character in memory, and is made faster. */
function decode(bytes: Buffer): string | undefined {
  if (isAscii(bytes)) return bytes.toString('latin1')
  return isUtf8(bytes) ? bytes.toString() : undefined
}

/** Bytes up to the last character that is there with all its bytes (RFC 3629: 10xxxxxx continues one). */
function wholeCharacters(bytes: Buffer): number {
  let start = bytes.length - 1
  while (start > 0 && start > bytes.length - 4 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start--
  const first = bytes[start] ?? 0
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1
  return start + length > bytes.length ? start : bytes.length
}

/** Finds the line by reading again up to the chunk that begins at `offset`, which holds the place. */
async function notUtf8(file: FileHandle, report: string, offset: number): Promise<UserError> {
  const buffer = Buffer.alloc(CHUNK)
  let line = 1
  for (let position = 0; ; ) {
    const length = position < offset ? Math.min(CHUNK, offset - position) : CHUNK
    const { bytesRead } = await file.read(buffer, 0, length, position)
    const bytes = buffer.subarray(0, bytesRead)
    for (let start = 0; start < bytesRead; ) {
      const end = bytes.indexOf(NEWLINE, start)
      if (position >= offset && !isUtf8(bytes.subarray(start, end < 0 ? bytesRead : end))) {
        return broken(report, { line }, 'it is not UTF-8 here (Latin-1 or Windows-1252 perhaps?)')
      }
      if (end < 0) break
      line++
      start = end + 1
    }
    if (bytesRead === 0) return broken(report, { line }, 'it is not UTF-8 here')
    position += bytesRead
  }
}
