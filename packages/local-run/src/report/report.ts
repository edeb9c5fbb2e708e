import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { verdictSentence } from '../closing-table.ts'
import type { Played } from '../play.ts'
import { isGood } from '../record/verdict.ts'
import { document, verdictHeader } from './parts.ts'
import { runLine, runPage } from './run-page.ts'
import { STYLE } from './style.ts'

/** Writes `index.html` for one run, a page that needs nothing but itself, and returns its path. */
export async function writeReport(folder: string, played: Played): Promise<string> {
  const { verdicts, seconds } = played
  const isPassed = verdicts.every(({ outcome }) => isGood(outcome))
  const sentence = verdictSentence(verdicts, seconds)
  const where = `${runLine(played)} · on this computer, without GitHub`
  return writePage(folder, sentence, `${verdictHeader(isPassed, sentence, where)}\n${runPage(played)}`)
}

/** Writes `index.html` around a body of HTML and returns its path. */
export async function writePage(folder: string, title: string, body: string): Promise<string> {
  const resolve = createRequire(import.meta.url).resolve
  const markdownStyle = await readFile(resolve('github-markdown-css/github-markdown.css'), 'utf8')
  await mkdir(folder, { recursive: true })
  const file = join(folder, 'index.html')
  await writeFile(file, document(title, body, markdownStyle + STYLE))
  return file
}
