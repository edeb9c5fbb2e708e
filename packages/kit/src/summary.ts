import { appendFile } from 'node:fs/promises'

/** GitHub drops a step's whole summary above 1 MiB; we stay below, in bytes of UTF-8. */
export const SUMMARY_BUDGET = 900 * 1024

export interface SummaryPart {
  readonly markdown: string
  /** Parts with the largest number go first when the budget is short; parts of 0 (the verdict) never go. */
  readonly dropOrder: number
}

/** Joins parts in order within `budget` bytes: drops whole parts, largest `dropOrder` first, and says how many. */
export function fitSummary(parts: readonly SummaryPart[], budget = SUMMARY_BUDGET): string {
  const kept = [...parts]
  let dropped = 0
  const size = () => Buffer.byteLength(kept.map(part => part.markdown).join('\n\n'))
  while (size() > budget - 100) {
    const worst = Math.max(...kept.map(part => part.dropOrder))
    if (worst <= 0) break
    kept.splice(
      kept.findLastIndex(part => part.dropOrder === worst),
      1,
    )
    dropped++
  }
  const note =
    dropped > 0
      ? [`_${dropped} sections were left out to stay within GitHub's size limit; the log has them._`]
      : []
  return `${[...kept.map(part => part.markdown), ...note].join('\n\n')}\n`
}

/** Appends to the job summary of this step; outside of a runner (no GITHUB_STEP_SUMMARY) it does nothing. */
export async function writeSummary(parts: readonly SummaryPart[]): Promise<void> {
  const file = process.env.GITHUB_STEP_SUMMARY
  if (file) await appendFile(file, fitSummary(parts), 'utf8')
}

/** A GitHub-flavoured Markdown table; pipes and new lines in cells are escaped. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escapeCell).join(' | ')} |`
  return [line(header), `|${header.map(() => ' --- ').join('|')}|`, ...rows.map(line)].join('\n')
}

function escapeCell(cell: string): string {
  return cell.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replace(/\r?\n/g, '<br>')
}

/** A folded section. */
export function details(title: string, body: string): string {
  return `<details><summary>${title}</summary>\n\n${body}\n\n</details>`
}
