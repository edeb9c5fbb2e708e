import { describe, expect, it } from '@jest/globals'
import { readUses, withCompleteReferences, withPlainReferences } from '../src/staging/uses.ts'

describe('a uses: value', () => {
  it('is ours whoever owns the repository', () => {
    expect(readUses('someone/tokenledger-actions/.github/workflows/ci.yml@v1')).toEqual({
      kind: 'ours',
      repository: 'someone/tokenledger-actions',
      path: '.github/workflows/ci.yml',
      ref: 'v1',
    })
  })

  it('may name the root of a third-party repository or a path in it', () => {
    expect(readUses('actions/checkout@0123abc')).toMatchObject({ kind: 'third-party', path: '' })
    expect(readUses('github/codeql-action/upload-sarif@v4')).toMatchObject({
      repository: 'github/codeql-action',
      path: 'upload-sarif',
    })
  })

  it.each([
    ['./build', { kind: 'same-repository', path: 'build' }],
    ['$/actions/build-package', { kind: 'same-repository', path: 'actions/build-package' }],
    ['docker://alpine:3', { kind: 'docker', image: 'docker://alpine:3' }],
    ['checkout', undefined],
    ['actions/checkout', undefined],
  ])('%s is read by its form', (text, expected) => {
    expect(readUses(text)).toEqual(expected)
  })
})

describe('the staging rewrite', () => {
  const yaml = [
    'jobs:',
    '  a:',
    '    uses: $/.github/workflows/ci.yml',
    '  b:',
    '    steps:',
    '      - uses: ./actions/build-package/ # ours',
    "      - uses: '$/setup'",
    '      - uses: actions/checkout@v7',
    '      - run: echo "uses: $/not-a-reference"',
  ].join('\n')

  it('gives references to the own repository an owner and a version, and leaves the rest alone', () => {
    expect(withCompleteReferences(yaml).split('\n')).toEqual([
      'jobs:',
      '  a:',
      '    uses: org/tokenledger-actions/.github/workflows/ci.yml@e2e',
      '  b:',
      '    steps:',
      '      - uses: org/tokenledger-actions/actions/build-package@e2e # ours',
      "      - uses: 'org/tokenledger-actions/setup@e2e'",
      '      - uses: actions/checkout@v7',
      '      - run: echo "uses: $/not-a-reference"',
    ])
  })

  it('only spares act the $/ in a checkout', () => {
    expect(withPlainReferences(yaml)).toBe(yaml.replace(': $/.g', ': ./.g').replace("'$/setup", "'./setup"))
  })
})
