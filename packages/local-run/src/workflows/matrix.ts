type Combination = Readonly<Record<string, unknown>>

/**
 * How many jobs a `strategy.matrix` makes: a number, or `unknown` while an expression holds its values.
 * Follows GitHub's rules: the product of the lists, less `exclude`, plus every `include` that fits no combination.
 */
export function legsOf(matrix: unknown): number | 'unknown' {
  if (matrix === undefined) return 1
  if (typeof matrix !== 'object' || matrix === null) return 'unknown'
  const { include, exclude, ...axes } = matrix as Record<string, unknown>
  if ([include, exclude, ...Object.values(axes)].some(holdsExpression)) return 'unknown'
  const kept = product(axes).filter(leg => !asList(exclude).some(out => agrees(leg, out, Object.keys(out))))
  const added = asList(include).filter(
    extra => kept.length === 0 || !kept.some(leg => agrees(leg, extra, Object.keys(axes))),
  )
  return kept.length + added.length
}

function holdsExpression(value: unknown): boolean {
  return JSON.stringify(value ?? null).includes('${{')
}

function product(axes: Readonly<Record<string, unknown>>): Combination[] {
  const entries = Object.entries(axes)
  if (entries.length === 0) return []
  return entries.reduce<Combination[]>(
    (legs, [axis, values]) =>
      legs.flatMap(leg => (values as unknown[]).map(value => ({ ...leg, [axis]: value }))),
    [{}],
  )
}

function asList(value: unknown): Combination[] {
  return Array.isArray(value) ? (value as Combination[]) : []
}

/** Whether both give the same value for every one of `keys` that `other` names. */
function agrees(leg: Combination, other: Combination, keys: readonly string[]): boolean {
  return keys.every(key => !(key in other) || JSON.stringify(leg[key]) === JSON.stringify(other[key]))
}
