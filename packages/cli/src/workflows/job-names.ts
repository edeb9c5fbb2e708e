import type { Job } from '../check/model/workflow.ts'

/** The names that a job shows, one for each leg of its matrix, or why nobody knows them before a run. */
export type JobNames = { readonly names: readonly string[] } | { readonly why: string }

/** GitHub's limit for one matrix. */
export const MOST_LEGS = 256

const EXPRESSION = /\$\{\{.*?\}\}/
const OF_MATRIX = /\$\{\{\s*matrix\.([\w-]+)\s*\}\}/g

export function jobNames({ id, item }: Job): JobNames {
  const name = item.get('name')?.text || id
  const matrix = item.get('strategy', 'matrix')
  if (!matrix) {
    return EXPRESSION.test(name) ? { why: 'its name is known only in a run' } : { names: [name] }
  }
  const legs = matrixLegs(matrix.isMap ? matrix.entries() : undefined)
  if (!legs)
    return {
      why: 'its matrix is computed, or has include or exclude; add a job that judges it, and runs always',
    }
  const names = legs.map(leg =>
    EXPRESSION.test(name)
      ? name.replace(OF_MATRIX, (whole, axis) => leg.get(axis) ?? whole)
      : `${name} (${[...leg.values()].join(', ')})`,
  )
  return names.some(text => EXPRESSION.test(text)) ? { why: 'its name is known only in a run' } : { names }
}

type Leg = ReadonlyMap<string, string>
type Axes = ReturnType<Job['item']['entries']>

/** Every combination of a plain matrix; undefined for one that is computed, names legs one by one, or is too large. */
function matrixLegs(axes: Axes | undefined): Leg[] | undefined {
  let legs: Leg[] = [new Map()]
  for (const [axis, values] of axes ?? []) {
    const texts = values.elements().map(({ text }) => text)
    const isPlain = !/^(?:in|ex)clude$/.test(axis) && texts.every(text => text && !EXPRESSION.test(text))
    if (!isPlain || texts.length === 0 || legs.length * texts.length > MOST_LEGS) return undefined
    legs = legs.flatMap(leg => texts.map(text => new Map([...leg, [axis, text]])))
  }
  return axes ? legs : undefined
}
