import type { Tree } from './tree.ts'

/** More than this is a link in a circle. */
const MOST_ROUNDS = 5

/**
 * Every path by which the changed files can be reached: their own, and those that lead to them over symbolic links. Undefined when
 * links go round in circles.
 */
export function reachablePaths(changed: readonly string[], { links }: Tree): string[] | undefined {
  const all = new Set(changed)
  let latest: readonly string[] = changed
  for (let round = 0; round < MOST_ROUNDS && latest.length > 0; round++) {
    latest = latest.flatMap(path => overLinks(path, links)).filter(path => !all.has(path))
    for (const path of latest) all.add(path)
  }
  return latest.length > 0 ? undefined : [...all]
}

function overLinks(path: string, links: Tree['links']): string[] {
  return [...links].flatMap(([link, target]) => {
    if (path === target) return [link]
    const folder = target === '.' ? '' : `${target}/`
    return path.startsWith(folder) ? [`${link}/${path.slice(folder.length)}`] : []
  })
}
