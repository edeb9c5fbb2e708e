import { ExitCodes } from './exit-codes.ts'
import { Exits } from './exits.ts'
import { FileSet, MOST_FILES, own, tooManyFiles } from './file-set.ts'
import { GoBlocks } from './go-blocks.ts'
import { broken, quoted, unsafe } from './refusal.ts'
import type { ReportText } from './report-text.ts'
import { Statements } from './statements.ts'
import { eachLine } from './text-lines.ts'
import { isLine, wholeNumber } from './whole-number.ts'
import type { ReportContent } from './xml/xml-format.ts'

/** `path/file.go:12.34,15.2 3 1`: from line and column, to line and column, statements, count (golang.org/x/tools/cover). */
const BLOCK = /^(.+):(\d+)\.\d+,(\d+)\.\d+ (\d+) (\d+)$/
const MODE = /^mode: (?:set|count|atomic)$/
/** In all files; a profile of a few bytes can claim lines without end. */
const MOST_LINES = 20_000_000

/**
 * Reads a cover profile of Go. Its blocks become lines: each line of a block with statements is one, hit when any of the
 * blocks on it was counted. Files are called by import path, which begins with the module's.
 */
export async function readGoProfile(text: ReportText): Promise<ReportContent> {
  const { report } = text
  const blocks = new Map<string, GoBlocks>()
  await eachLine(text, (line, number) => {
    // Profiles of several packages are put behind each other, each with its mode.
    if (line.trim() === '' || MODE.test(line)) return
    const [, file = '', start = '', end = '', statements, count = ''] = BLOCK.exec(line) ?? []
    const [first, last] = [wholeNumber(start), wholeNumber(end)]
    if (!isLine(first) || !isLine(last) || last < first) {
      throw broken(
        report,
        { line: number },
        `${quoted(line)} is no block of a cover profile (cut off perhaps?)`,
      )
    }
    if (wholeNumber(statements ?? '') <= 0) return
    if (!blocks.has(file)) {
      if (blocks.size === MOST_FILES) throw tooManyFiles(report)
      blocks.set(own(file), new GoBlocks())
    }
    blocks.get(file)?.add(first, last, wholeNumber(count) > 0)
  })
  return { format: 'go', writer: 'go test -coverprofile', sources: [], files: filesOf(report, blocks) }
}

function filesOf(report: string, all: ReadonlyMap<string, GoBlocks>): ReportContent['files'] {
  const codes = new ExitCodes()
  const [files, statements, none] = [new FileSet(report, codes), new Statements(), new Exits(codes)]
  let left = MOST_LINES
  for (const [file, blocks] of all) {
    blocks.eachLine((line, hit) => {
      if (--left < 0) throw unsafe(report, `blocks of more than ${MOST_LINES} lines`, 1)
      statements.add(line, hit)
    })
    files.add(file, statements, none)
  }
  return files.finish()
}
