import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Artifact } from '@tokenledger/testkit'
import type { JobVerdict } from '../record/verdict.ts'
import { page } from './page.ts'

export interface ReportContent {
  readonly repository: string
  readonly sha: string
  readonly event: string
  readonly sentence: string
  readonly verdicts: readonly JobVerdict[]
  readonly artifacts: readonly Artifact[]
  /** Markdown of the comments that the run wrote or changed. */
  readonly comments: readonly string[]
}

/** Writes `index.html`, a page that needs nothing but itself, and returns its path. */
export async function writeReport(folder: string, content: ReportContent): Promise<string> {
  const resolve = createRequire(import.meta.url).resolve
  const markdownStyle = await readFile(resolve('github-markdown-css/github-markdown.css'), 'utf8')
  await mkdir(folder, { recursive: true })
  const file = join(folder, 'index.html')
  await writeFile(file, page(content, markdownStyle))
  return file
}
