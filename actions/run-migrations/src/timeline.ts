import { APPLY, type Findings, type Phase } from './findings.ts'
import { asBlock, counted } from './markdown.ts'

/** More bars than this are unreadable; the slowest stay. */
const MOST_BARS = 20

/** The run as a mermaid gantt chart over ms since its start: waiting, each migration, checks. */
export function timeline({ phases, applied }: Findings): string {
  // Migrations count from the start of their tool.
  const zero = phases.find(({ name }) => name === APPLY)?.from ?? 0
  const files = applied.map(({ name, startedMs, ms }) => ({ name, from: zero + startedMs, ms }))
  const shown = new Set([...files].sort((a, b) => b.ms - a.ms).slice(0, MOST_BARS))
  const left = files.length - shown.size
  const lines = [
    'gantt',
    '  dateFormat x',
    '  axisFormat %M:%S.%L',
    ...section('run', phases),
    ...section(
      left > 0 ? `migrations, without the ${counted(left, 'fastest', 'fastest')}` : 'migrations',
      files.filter(file => shown.has(file)),
    ),
  ]
  return asBlock(lines.join('\n'), 'mermaid')
}

function section(title: string, bars: readonly Phase[]): string[] {
  if (bars.length === 0) return []
  return [`  section ${title}`, ...[...bars].sort((a, b) => a.from - b.from).map(bar)]
}

/** A bar of no width is not drawn, so it has 1 ms at least. */
function bar({ name, from, ms }: Phase): string {
  const start = Math.round(from)
  // Mermaid ends a name at a colon and takes # and ; for its own.
  return `    ${name.replace(/[:#;,%"]/g, ' ')} :${start}, ${start + Math.max(1, Math.round(ms))}`
}
