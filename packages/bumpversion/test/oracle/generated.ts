import fc from 'fast-check'
import { pyproject } from '../project.ts'
import type { OracleCase } from './cases/case.ts'

/** A version of four parts of which each may be a number, a list of values, or a date. */
const NAMES = ['a', 'b', 'c', 'd'] as const

const rule = fc.record({
  kind: fc.constantFrom('number', 'number', 'values', 'calver', 'plain'),
  first: fc.constantFrom(undefined, 1, 2),
  optional: fc.constantFrom(undefined, '0', '2', 'x', 'y'),
  independent: fc.boolean(),
  always: fc.constantFrom(undefined, undefined, undefined, true, false),
  dependsOn: fc.constantFrom(undefined, undefined, undefined, ...NAMES),
})
type Rule = typeof rule extends fc.Arbitrary<infer R> ? R : never

const generated = fc
  .record({
    rules: fc.tuple(rule, rule, rule, rule),
    values: fc.tuple(...NAMES.map(() => fc.constantFrom('0', '1', '2', '9', 'x', 'y', 'z'))),
    formats: fc.uniqueArray(
      fc.constantFrom(
        '{a}.{b}.{c}.{d}',
        '{a}.{b}.{c}',
        '{a}.{b}',
        '{a}',
        '{a}.{b}.{c:03d}.{d}',
        '{d}.{nope}',
      ),
      { minLength: 1, maxLength: 4 },
    ),
    left: fc.integer({ min: 1, max: 4 }),
    part: fc.constantFrom(...NAMES),
  })
  .map(({ rules, values, formats, left, part }): Omit<OracleCase, 'name'> => {
    const current = values.slice(0, left).join('.')
    const body = [
      `current_version = "${current}"`,
      `parse = '^(?P<a>[^.]+)(?:\\.(?P<b>[^.]+))?(?:\\.(?P<c>[^.]+))?(?:\\.(?P<d>.+))?$'`,
      `serialize = ${JSON.stringify(formats)}`,
      ...rules.flatMap((one, index) => ruleText(NAMES[index] ?? 'a', one)),
      '[[tool.bumpversion.files]]',
      'filename = "f.txt"',
      'search = "NEXT"',
      'replace = "{new_version} {new_a} {new_b} {new_c} {new_d} after {current_version} {current_d}"',
    ]
    return { files: { 'pyproject.toml': pyproject(body.join('\n')), 'f.txt': 'NEXT' }, request: { part } }
  })

function ruleText(name: string, one: Rule): string[] {
  if (one.kind === 'plain') return []
  const lines = [
    one.kind === 'values' ? 'values = ["x", "y", "z"]' : '',
    one.kind === 'calver' ? 'calver_format = "{YYYY}-{0M}"' : '',
    one.first === undefined || one.kind === 'values' ? '' : `first_value = ${one.first}`,
    one.optional === undefined ? '' : `optional_value = "${one.optional}"`,
    `independent = ${one.independent}`,
    one.always === undefined ? '' : `always_increment = ${one.always}`,
    one.dependsOn === undefined ? '' : `depends_on = "${one.dependsOn}"`,
  ]
  return [`[tool.bumpversion.parts.${name}]`, ...lines.filter(line => line !== '')]
}

/** Always the same ones. */
export function generatedCases(count: number): OracleCase[] {
  return fc
    .sample(generated, { numRuns: count, seed: 5 })
    .map((one, index) => ({ name: `generated ${index}`, ...one }))
}
