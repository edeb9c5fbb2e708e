import fc from 'fast-check'
import { formatVersion, parseVersion, type Spelling, type Version, type VersionParts } from '../src/index.ts'

const number = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 20_261_231 }))
const label = fc.constantFrom('a' as const, 'b' as const, 'rc' as const)
const segment = fc.oneof(fc.stringMatching(/^[a-z0-9]{1,4}$/), fc.constantFrom('1e5', '0x1', '01', '10'))

/** Segments in any combination that PEP 440 allows; a local label only where asked. */
export function partsOf({ locals = false } = {}): fc.Arbitrary<VersionParts> {
  return fc
    .record(
      {
        epoch: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: number }),
        release: fc.array(number, { minLength: 1, maxLength: 5 }),
        pre: fc.record({ label, number }),
        post: number,
        dev: number,
        local: fc
          .array(segment, { minLength: 1, maxLength: 3 })
          .map(segments => segments.map(plain).join('.')),
      },
      { requiredKeys: ['epoch', 'release'] },
    )
    .map(({ local, ...parts }) => (locals && local !== undefined ? { ...parts, local } : parts))
}

const plain = (text: string) => (/^\d+$/.test(text) ? text.replace(/^0+(?=\d)/, '') : text)

/** Whether semver has a spelling for it that sorts as PEP 440 says. */
export function semverCanSay({ pre, post, dev }: VersionParts): boolean {
  return post === undefined && !(pre && dev !== undefined)
}

export function versionsOf(options?: { locals?: boolean }): fc.Arbitrary<Version> {
  return fc
    .tuple(partsOf(options), fc.constantFrom<Spelling>('pep440', 'semver'))
    .map(([parts, spelling]) => version(formatVersion(parts, semverCanSay(parts) ? spelling : 'pep440')))
}

/** Texts that are versions or nearly so, with every separator and word that PEP 440 knows. */
export const versionTexts: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('', 'v', 'V', ' ', '1!', '0!'),
    fc.array(fc.constantFrom('0', '1', '01', '2026', '10'), { minLength: 1, maxLength: 4 }),
    fc.array(
      fc
        .tuple(
          fc.constantFrom('', '.', '-', '_', '--'),
          fc.constantFrom(
            'a',
            'b',
            'c',
            'rc',
            'alpha',
            'Beta',
            'pre',
            'preview',
            'post',
            'rev',
            'r',
            'dev',
            'DEV',
            '',
          ),
          fc.constantFrom('', '.', '-', '_'),
          fc.constantFrom('', '0', '1', '02', '10'),
        )
        .map(parts => parts.join('')),
      { maxLength: 3 },
    ),
    fc.constantFrom('', '', '', '+1', '+ubuntu-1', '+1e5', '+A_01', '+', '\n'),
  )
  .map(([head, release, tail, local]) => `${head}${release.join('.')}${tail.join('')}${local}`)

export function version(text: string): Version {
  const parsed = parseVersion(text)
  if (!parsed) throw new Error(`${text} is no version`)
  return parsed
}
