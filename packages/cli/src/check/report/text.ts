import type { Finding, Level } from '../finding.ts'
import type { Sorted } from '../mutes.ts'

/** `path:line:column level rule: message`, which editors make links of; why and fix stand once for each rule. */
export function textReport({ findings, muted }: Sorted): string {
  const told = new Set<string>()
  const blocks = findings.map(finding => {
    const explained = `${finding.rule}\n${finding.fix}`
    const repeated = told.has(explained)
    told.add(explained)
    return repeated
      ? headline(finding)
      : `${headline(finding)}\n    why: ${finding.why}\n    fix: ${finding.fix}`
  })
  return [...blocks, closing(findings, muted.length)].join('\n')
}

function headline({ path, line, column, level, rule, message }: Finding): string {
  return `${path}:${line}:${column} ${level} ${rule}: ${message}`
}

function closing(findings: readonly Finding[], muted: number): string {
  const quiet = muted > 0 ? ` (${muted} muted by comments)` : ''
  if (findings.length === 0) return `Nothing found${quiet}.`
  const files = new Set(findings.map(({ path }) => path)).size
  const told = (wanted: Level) => count(findings.filter(({ level }) => level === wanted).length, wanted)
  const notes = findings.some(({ level }) => level === 'note') ? [told('note')] : []
  const counts = [told('error'), told('warning'), ...notes]
  return `\n${counts.join(', ')} in ${count(files, 'file')}${quiet}.`
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
