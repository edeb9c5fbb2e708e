import { isTable, tableOf } from '../toml.ts'
import type { Tree } from './tree.ts'

const TEXTS = /\.(?:[cm]?[jt]sx?|json|html?|css|s[ac]ss|less|vue|svelte|mdx?|ya?ml|lock)$|(?:^|\/)\.npmrc$/i
/** Programs by which a script can reach what is not below its folder. */
const REACHES_OUT = /\.\.|INIT_CWD|\b(?:git|python3?|uv|uvx|poetry|make|just|bash|sh)\b/

/**
 * What of the dashboard reaches out of its folder (`dashboard/`), for people; undefined when it stands alone, so that nothing
 * beside it concerns it.
 */
export function reachingOut(folder: string, tree: Tree): string | undefined {
  const files = tree.files.filter(path => path.startsWith(folder) && TEXTS.test(path))
  const reaching = files.find(path => reachesOut(tree.text(path), path.slice(folder.length)))
  if (reaching) return reaching
  const manifest = `${folder}package.json`
  return REACHES_OUT.test(JSON.stringify(scriptsOf(tree.text(manifest) ?? ''))) ? manifest : undefined
}

/** Whether the dashboard's package.json has a script that measures coverage, which the job `coverage` then waits for. */
export function measuresCoverage(folder: string, tree: Tree): boolean {
  const scripts = scriptsOf(tree.text(`${folder}package.json`) ?? '')
  return 'coverage' in scripts || 'test:coverage' in scripts
}

/** Steps up that are more than the folders the file is in, or that are put together from parts. */
function reachesOut(text: string | undefined, inner: string): boolean {
  if (text === undefined || /["'`]\.\.["'`]/.test(text)) return true
  const depth = inner.split('/').length - 1
  const steps = text.matchAll(/(?:\.\.[\\/])+(?:\.\.(?![\w.]))?/g)
  return [...steps].some(([found]) => found.split('..').length - 1 > depth)
}

function scriptsOf(manifest: string): object {
  try {
    const parsed: unknown = JSON.parse(manifest)
    return isTable(parsed) ? tableOf(parsed.scripts) : {}
  } catch {
    return {}
  }
}
