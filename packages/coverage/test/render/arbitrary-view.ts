import fc from 'fast-check'
import type { CoverageView } from '../../src/render/coverage-view.ts'
import type { UncoveredRange } from '../../src/render/uncovered.ts'

/** Text with what Markdown, HTML and GitHub make something of, and text of any kind. */
export const nastyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(
      fc.constantFrom(
        '|',
        '`',
        '``',
        '<b>',
        '</details>',
        '@acme',
        '#12',
        '*',
        '_',
        '[',
        '](x)',
        '\n',
        '\r\n',
        'a',
        '/',
        '\\',
        ' ',
        '-->',
        '🙂',
        '\u202e',
        '$',
        '&',
        'https://x.y/1',
      ),
      { maxLength: 40 },
    )
    .map(parts => parts.join('')),
  fc.constantFrom('x', '|', '🙂', '#1').map(part => part.repeat(1500)),
)

const count = fc.nat({ max: 5000 })
const totals = fc.tuple(count, count, count, count).map(([executed, missed, taken, notTaken]) => ({
  executed,
  statements: executed + missed,
  taken,
  exits: taken + notTaken,
}))

const range: fc.Arbitrary<UncoveredRange> = fc
  .tuple(
    fc.integer({ min: 1, max: 9999 }),
    fc.nat(50),
    fc.array(nastyText, { maxLength: 4 }),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([from, length, exits, isPartial, inHead]) => ({
    kind: isPartial ? 'partial' : 'missed',
    from,
    to: from + length,
    statements: length + 1,
    exits: isPartial ? exits : [],
    ...(inHead ? { head: { from: from + 3, to: from + 3 + length } } : {}),
  }))

const ratio = fc.tuple(count, count).map(([covered, missing]) => ({ covered, valid: covered + missing }))

const patchFile = fc
  .tuple(ratio, nastyText, fc.array(range, { maxLength: 30 }))
  .map(([counted, path, ranges]) => ({ ...counted, path, ranges }))

const patch: fc.Arbitrary<CoverageView['patch']> = fc.oneof(
  fc.record({ kind: fc.constant('unknown' as const), reason: nastyText }),
  fc
    .tuple(
      ratio,
      fc.record({
        files: fc.array(patchFile, { maxLength: 40 }),
        source: nastyText,
        notComparable: fc.array(fc.record({ path: nastyText, reason: nastyText }), { maxLength: 5 }),
      }),
    )
    .map(([counted, rest]) => ({ kind: 'measured' as const, ...counted, ...rest })),
)

const gate = fc.constantFrom('min-total', 'min-patch', 'min-file-patch', 'max-drop')
const check = fc.record({ gate, required: nastyText, actual: nastyText, met: fc.boolean() })

const report = fc.record({
  path: nastyText,
  format: fc.constantFrom('cobertura', 'lcov'),
  writer: nastyText,
  sources: fc.array(nastyText, { maxLength: 5 }),
  files: count,
})

/** Views of any size and content, also such as no run can have. */
export const anyView: fc.Arbitrary<CoverageView> = fc.record(
  {
    verdict: fc.record({
      gate: fc.constantFrom('pass', 'fail', 'not-applicable'),
      checks: fc.uniqueArray(check, { maxLength: 4, selector: ({ gate }) => gate }),
      failures: fc.array(fc.record({ gate, message: nastyText }), { maxLength: 20 }),
    }),
    errors: fc.array(nastyText, { maxLength: 5 }),
    warnings: fc.array(nastyText, { maxLength: 5 }),
    precision: fc.nat(6),
    total: totals,
    files: fc.array(fc.record({ path: nastyText, totals }), { maxLength: 60 }),
    base: fc.record({ total: totals, source: nastyText }),
    patch,
    links: fc.record(
      {
        serverUrl: fc.webUrl(),
        repository: fc.constant('acme/consumer'),
        pull: fc.nat(),
        runUrl: fc.webUrl(),
        testedSha: fc.constant('a'.repeat(40)),
        headSha: fc.constant('b'.repeat(40)),
      },
      { requiredKeys: ['serverUrl', 'repository', 'runUrl', 'testedSha', 'headSha'] },
    ),
    computed: fc.record({
      reports: fc.array(report, { maxLength: 5 }),
      totalSource: nastyText,
      unresolved: fc.array(nastyText, { maxLength: 20 }),
      excluded: fc.array(nastyText, { maxLength: 20 }),
      disagreements: fc.array(fc.record({ path: nastyText, line: count, what: nastyText }), {
        maxLength: 20,
      }),
    }),
    upload: fc.record({ text: nastyText, url: fc.webUrl() }),
  },
  {
    requiredKeys: [
      'verdict',
      'errors',
      'warnings',
      'precision',
      'total',
      'files',
      'patch',
      'links',
      'computed',
    ],
  },
)
