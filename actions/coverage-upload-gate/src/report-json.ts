import type { CoverageView, FileCoverage } from '@tokenledger/coverage'

/** Changes when a field changes its meaning or goes; new fields do not change it. */
const FORMAT = 1

/** Everything in one form, whatever the reports were: the view, and each file's lines as ranges. */
export function* reportJson(
  view: CoverageView,
  files: ReadonlyMap<string, FileCoverage>,
): Generator<string, void> {
  const { files: totals, ...rest } = view
  yield `{"format":${FORMAT},"view":${JSON.stringify(rest)},"files":[`
  let separator = ''
  for (const { path, totals: ofFile } of totals) {
    const coverage = files.get(path)
    const lines = coverage ? { executed: ranges(coverage, 1), missing: ranges(coverage, 0) } : {}
    yield `${separator}\n${JSON.stringify({ path, ...ofFile, ...lines })}`
    separator = ','
  }
  yield '\n]}\n'
}

/** `3-5,9`: measured lines of one kind, joined across lines without a statement. */
function ranges({ lines, hits }: FileCoverage, wanted: 0 | 1): string {
  const parts: string[] = []
  let start = 0
  let end = 0
  const close = () => {
    if (start > 0) parts.push(start === end ? String(start) : `${start}-${end}`)
    start = 0
  }
  for (let index = 0; index < lines.length; index++) {
    if (hits[index] !== wanted) close()
    else {
      end = lines[index] ?? 0
      if (start === 0) start = end
    }
  }
  close()
  return parts.join(',')
}
