import { allowsPython } from './python-versions.ts'

const HIGHEST_MINOR = 99

/**
 * A Poetry version constraint as a PEP 440 specifier set; undefined when it allows everything (`*`) or is a union
 * (`^1 || ^3`), which PEP 440 cannot say. Rules: Poetry's manual, "Dependency specification".
 */
export function toPep440(constraint: string): string | undefined {
  if (constraint.includes('||')) return undefined
  const parts = constraint
    .split(/\s*,\s*|(?<=[\w*])\s+(?=[<>=!~^])/)
    .map(part => part.trim())
    .filter(part => part && part !== '*')
  return parts.length > 0 ? parts.map(onePart).join(',') : undefined
}

/**
 * Poetry's constraint on Python as `requires-python`. A union is said by minors: its widest bounds without the minors
 * between them that no alternative allows (`~3.9 || ~3.11` → `>=3.9,<3.12,!=3.10.*`).
 */
export function pythonToPep440(constraint: string): string | undefined {
  const alternatives = constraint.split('||').map(toPep440)
  if (alternatives.length === 1) return alternatives[0]
  const minors = Array.from({ length: HIGHEST_MINOR + 1 }, (_, minor) => minor)
  const allowed = minors.filter(minor => alternatives.some(one => allowsPython(one, `3.${minor}`)))
  const [first = 0, last = HIGHEST_MINOR] = [allowed[0], allowed.at(-1)]
  const gaps = minors.filter(minor => minor > first && minor < last && !allowed.includes(minor))
  const end = last === HIGHEST_MINOR ? '4' : `3.${last + 1}`
  return [`>=3.${first}`, `<${end}`, ...gaps.map(minor => `!=3.${minor}.*`)].join(',')
}

function onePart(part: string): string {
  const [, operator = '', version = ''] = /^(\^|~(?!=)|)\s*(.*)$/.exec(part) ?? []
  if (operator === '^') return `>=${version},<${caretEnd(version)}`
  if (operator === '~') return `>=${version},<${tildeEnd(version)}`
  if (/^[<>=!~]/.test(version)) return version.replace(/\s+/g, '').replace(/^=(?!=)/, '==')
  return `==${version}`
}

/** `^` lets everything right of the first component that is not zero move. */
function caretEnd(version: string): string {
  const release = releaseOf(version)
  const significant = release.findIndex(part => part > 0)
  return nextAt(release, significant < 0 ? release.length - 1 : significant)
}

/** `~` lets the last of two or three components move; with one alone it is the caret. */
function tildeEnd(version: string): string {
  const release = releaseOf(version)
  return nextAt(release, Math.min(1, release.length - 1))
}

function nextAt(release: readonly number[], index: number): string {
  return release
    .slice(0, index + 1)
    .map((part, i) => (i === index ? part + 1 : part))
    .join('.')
}

function releaseOf(version: string): number[] {
  return (/^\d+(?:\.\d+)*/.exec(version)?.[0] ?? '0').split('.').map(Number)
}
