import type { PatchFile, UncoveredLine } from '../patch/patch-coverage.ts'

/** Places that one message holds. */
const MOST = 10

/**
 * Where changed lines are not covered: `tokenledger/config.py 41, 58→exit; b.py 3-5 and 12 more`. A partial line has its
 * missing exits as coverage.py names them, or says that it is partial.
 */
export function uncoveredText(files: readonly PatchFile[]): string {
  const places = files.flatMap(({ path, uncovered }) => placesOf(uncovered).map(place => ({ path, place })))
  const byFile = new Map<string, string[]>()
  for (const { path, place } of places.slice(0, MOST)) byFile.set(path, [...(byFile.get(path) ?? []), place])
  const text = [...byFile].map(([path, shown]) => `${path} ${shown.join(', ')}`).join('; ')
  return places.length > MOST ? `${text} and ${places.length - MOST} more` : text
}

function placesOf(uncovered: readonly UncoveredLine[]): string[] {
  const places: string[] = []
  let [first, last] = [0, 0]
  const endRange = () => {
    if (first > 0) places.push(first === last ? `${first}` : `${first}-${last}`)
    first = 0
  }
  for (const { line, kind, missing } of uncovered) {
    if (kind === 'missed' && first > 0 && line === last + 1) {
      last = line
      continue
    }
    endRange()
    if (kind === 'missed') [first, last] = [line, line]
    else if (missing.length === 0) places.push(`${line} (partial)`)
    else places.push(...missing.map(exit => `${line}→${exit}`))
  }
  endRange()
  return places
}
