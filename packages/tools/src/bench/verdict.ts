export interface Row {
  readonly name: string
  /** What was measured, with its unit. */
  readonly measured: string
  /** Ratio to what, and how much. */
  readonly ratio: string
  readonly target: string
  /** Undefined for a row that is only there to compare with. */
  readonly met?: boolean
}

/** Prints a table and returns whether every target in it was met. */
export function report(title: string, rows: readonly Row[]): boolean {
  const header = { name: 'case', measured: 'measured', ratio: 'ratio', target: 'target' }
  const columns = ['name', 'measured', 'ratio', 'target'] as const
  const widths = columns.map(column => Math.max(...[header, ...rows].map(row => row[column].length)))
  const line = (row: Omit<Row, 'met'>) =>
    columns.map((column, index) => row[column].padEnd(widths[index] ?? 0)).join('  ')
  console.log(`\n${title}\n  ${line(header)}`)
  for (const row of rows)
    console.log(`  ${line(row)}  ${row.met === undefined ? '' : row.met ? 'met' : 'MISSED'}`.trimEnd())
  return rows.every(({ met }) => met !== false)
}

/** `1234` → `1.234 s` */
export function inSeconds(ms: number): string {
  return `${(ms / 1000).toFixed(3)} s`
}
