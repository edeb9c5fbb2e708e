import { add, NOTHING, ratioOf, type Totals } from '../model/totals.ts'
import { percentOf } from '../totals/percent.ts'
import type { FileTotals } from './coverage-view.ts'

/** Bars that can still be read. */
const MOST = 8

/**
 * A mermaid chart of coverage per package, lowest first: the folders below what all files have in common. Undefined for less
 * than two, where it would repeat the total.
 */
export function packageChart(files: readonly FileTotals[]): string | undefined {
  const packages = [...packageTotals(files)].sort(([, a], [, b]) => percentOf(a) - percentOf(b))
  if (packages.length < 2) return undefined
  const shown = packages.slice(0, MOST)
  const title = packages.length > MOST ? `Lowest ${MOST} of ${packages.length} packages` : 'Packages'
  return [
    '```mermaid',
    'xychart-beta horizontal',
    `  title "${title}, % covered"`,
    `  x-axis [${shown.map(([name]) => `"${name.replace(/[^\p{L}\p{N}_./ -]/gu, '_')}"`).join(', ')}]`,
    '  y-axis 0 --> 100',
    `  bar [${shown.map(([, totals]) => percentOf(totals).toFixed(1)).join(', ')}]`,
    '```',
  ].join('\n')
}

/** By the first folder below the common one; files right in the common folder go by its name. */
export function packageTotals(files: readonly FileTotals[]): Map<string, Totals> {
  const measured = files.filter(({ totals }) => ratioOf(totals).valid > 0)
  const folders = measured.map(({ path }) => path.split('/').slice(0, -1))
  const common = commonStart(folders)
  const packages = new Map<string, Totals>()
  for (const [index, { totals }] of measured.entries()) {
    const name = folders[index]?.[common.length] ?? common.at(-1) ?? '.'
    packages.set(name, add(packages.get(name) ?? NOTHING, totals))
  }
  return packages
}

function commonStart([first = [], ...others]: readonly (readonly string[])[]): readonly string[] {
  let length = first.length
  for (const other of others) {
    let same = 0
    while (same < length && other[same] === first[same]) same++
    length = same
  }
  return first.slice(0, length)
}
