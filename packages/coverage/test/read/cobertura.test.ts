import { describe, expect, it } from '@jest/globals'
import { plainFiles, readText, refusal } from './plain.ts'

const cobertura = (classes: string, root = 'version="1.9" timestamp="1767225600"') =>
  `<?xml version="1.0" ?>
<!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">
<coverage ${root}>
  <sources><source>/w/src</source><source> lib </source><source></source></sources>
  <packages><package name="p"><classes>${classes}</classes></package></packages>
</coverage>
`
const klass = (filename: string, lines: string, methods = '') =>
  `<class name="c" filename="${filename}"><methods>${methods}</methods><lines>${lines}</lines></class>`
const branch = ([fraction, missing = '']: readonly [string, string?]) =>
  `<line number="3" hits="1" branch="true" condition-coverage="1% (${fraction})"${missing && ` missing-branches="${missing}"`}/>`
const read = (classes: string, root?: string) => readText('coverage.xml', cobertura(classes, root))
const filesOf = async (classes: string) => plainFiles(await read(classes))

describe('Cobertura as istanbul writes it', () => {
  it('counts a line executed often as hit, and keeps numbers of branches without names', async () => {
    const lines =
      '<line number="1" hits="17" branch="false"/><line number="4" hits="3" branch="true" condition-coverage="75% (3/4)"/>'
    expect(await filesOf(klass('a.ts', lines))).toEqual({
      'a.ts': { lines: ['1 hit', '4 hit'], branches: [[4, { exits: 4, taken: 3 }]] },
    })
  })

  it('takes its time stamp, which is in ms as well', async () => {
    const root =
      'lines-valid="2" lines-covered="1" branches-valid="4" branches-covered="3" timestamp="1767225600123"'
    expect(await read(klass('a.ts', ''), root)).toMatchObject({
      writtenAt: 1767225600123,
      declared: { statements: 2, executed: 1, exits: 4, taken: 3 },
      sources: ['/w/src', 'lib'],
      format: 'cobertura',
      path: 'coverage.xml',
    })
  })
})

describe('Cobertura of other writers', () => {
  it('does not count the lines below methods', async () => {
    const method =
      '<method name="m"><lines><line number="2" hits="1"/><line number="9" hits="1"/></lines></method>'
    const files = await filesOf(klass('A.java', '<line number="2" hits="0"/>', method))
    expect(files['A.java']?.lines).toEqual(['2 missed'])
  })

  it('does not take the conditions of a line for lines', async () => {
    const line =
      '<line number="2" hits="1" branch="True" condition-coverage="50% (1/2)"><conditions><condition number="0"/></conditions></line><line number="3" hits="0"/>'
    expect(await filesOf(klass('A.cs', line))).toEqual({
      'A.cs': { lines: ['2 hit', '3 missed'], branches: [[2, { exits: 2, taken: 1 }]] },
    })
  })

  it('counts a line that is listed twice once, hit when one of them is', async () => {
    const lines =
      '<line number="5" hits="0"/><line number="2" hits="0"/><line number="5" hits="2"/><line number="2" hits="0"/>'
    expect((await filesOf(klass('a.c', lines)))['a.c']?.lines).toEqual(['2 missed', '5 hit'])
  })

  it('unites the classes of one file', async () => {
    const files = await filesOf(
      klass('A.java', '<line number="1" hits="1"/><line number="8" hits="0"/>') +
        klass('B.java', '<line number="1" hits="0"/>') +
        klass('A.java', '<line number="4" hits="0"/><line number="8" hits="1"/>') +
        klass('A.java', ''),
    )
    expect(Object.keys(files)).toEqual(['A.java', 'B.java'])
    expect(files['A.java']?.lines).toEqual(['1 hit', '4 missed', '8 hit'])
  })

  it.each([
    ['both miss it', ['1/3', '5,exit'], ['1/3', 'exit,9'], { exits: 3, taken: 2, missing: ['exit'] }],
    [
      'both miss it as often',
      ['0/2', 'exit,exit'],
      ['1/2', 'exit'],
      { exits: 2, taken: 1, missing: ['exit'] },
    ],
    [
      'no other listing is there',
      ['0/2', 'exit,exit'],
      undefined,
      { exits: 2, taken: 0, missing: ['exit', 'exit'] },
    ],
  ] as const)('takes an exit for missing when %s', async (_, first, second, branches) => {
    const listings = [first, ...(second ? [second] : [])].map(listing => klass('a.py', branch(listing)))
    const files = await filesOf(listings.join(''))
    expect(files['a.py']?.branches).toEqual([[3, branches]])
  })

  it.each([
    ['names are unknown', ['1/3'], ['2/3'], { exits: 3, taken: 2 }],
    ['the names of one are unknown', ['1/3', '5,6'], ['2/3'], { exits: 3, taken: 2 }],
    ['those of the other are', ['2/3'], ['1/3', '5,6'], { exits: 3, taken: 2 }],
    ['there are more exits in one', ['1/3', '5,6'], ['2/2', ''], { exits: 3, taken: 2 }],
  ] as const)('takes the larger numbers when %s', async (_, first, second, branches) => {
    const files = await filesOf(klass('a.py', branch(first)) + klass('a.py', branch(second)))
    expect(files['a.py']?.branches).toEqual([[3, branches]])
  })

  it('keeps names of exits that are neither lines nor exit', async () => {
    const line = '<line number="1" hits="1" condition-coverage="50% (1/2)" missing-branches="raise"/>'
    expect((await filesOf(klass('a.py', line)))['a.py']?.branches).toEqual([
      [1, { exits: 2, taken: 1, missing: ['raise'] }],
    ])
  })

  it('leaves names out that are not as many as the exits not taken', async () => {
    const line = '<line number="1" hits="1" condition-coverage="50% (1/2)" missing-branches="2,3"/>'
    expect((await filesOf(klass('a.py', line)))['a.py']?.branches).toEqual([[1, { exits: 2, taken: 1 }]])
  })

  it('has no branches in a line that gives a percentage alone', async () => {
    const line = '<line number="1" hits="1" branch="true" condition-coverage="50%"/>'
    expect((await filesOf(klass('a.py', line)))['a.py']?.branches).toEqual([])
  })

  it.each([
    ['seconds', '1767225600', 1767225600000],
    ['seconds with a fraction', '1767225600.5', 1767225600500],
    ['nothing', '0', undefined],
    ['words', 'yesterday', undefined],
  ])('understands a time stamp in %s', async (_, stamp, ms) => {
    expect((await read(klass('a.py', ''), `timestamp="${stamp}"`)).writtenAt).toBe(ms)
  })

  it.each([
    ['gcovr 7.2', 'gcovr 7.2'],
    ['1.9', undefined],
    ['gcovr | ::error::', undefined],
    ['x'.repeat(61), undefined],
  ])('takes the version %s for %s as its writer', async (version, writer) => {
    expect((await read(klass('a.py', ''), `version="${version}"`)).writer).toBe(writer)
  })

  it('declares nothing without totals in the root', async () => {
    expect(await read(klass('a.py', ''))).not.toHaveProperty('declared')
  })
})

describe('Cobertura that says what cannot be', () => {
  const line = (attributes: string) => cobertura(klass('a.py', `\n<line ${attributes}/>`))
  it.each([
    ['hits="1"', 'an element without the attribute number'],
    ['number="0" hits="1"', 'number="0" is no line number (whole, 1 to 10000000)'],
    ['number="10000001" hits="1"', 'number="10000001" is no line number (whole, 1 to 10000000)'],
    ['number="1.5" hits="1"', 'number="1.5" is no line number (whole, 1 to 10000000)'],
    ['number="-1" hits="1"', 'number="-1" is no line number (whole, 1 to 10000000)'],
    ['number="1e3" hits="1"', 'number="1e3" is no line number (whole, 1 to 10000000)'],
    ['number="1"', 'hits="" is no whole number'],
    ['number="1" hits="-1"', 'hits="-1" is no whole number'],
    ['number="1" hits="yes"', 'hits="yes" is no whole number'],
    [
      'number="1" hits="1" condition-coverage="200% (2/1)"',
      'condition-coverage="200% (2/1)" is no fraction of branches',
    ],
    ['number="1" hits="1" condition-coverage="(1/)"', 'condition-coverage="(1/)" is no fraction of branches'],
  ])('refuses <line %s> with its place', async (attributes, what) => {
    const message = await refusal('coverage.xml', line(attributes))
    expect(message).toMatch(/^coverage\.xml is not readable at line 6, column \d+: /)
    expect(message).toContain(what)
  })

  it.each([
    ['lines-valid="1" lines-covered="2"', 'its totals say that more is covered than there is'],
    ['lines-valid="x" lines-covered="2"', 'lines-valid="x" is no whole number'],
  ])('refuses the root %s', async (root, what) => {
    expect(await refusal('coverage.xml', cobertura(klass('a.py', ''), root))).toContain(what)
  })

  it('refuses a class without a file and one in another', async () => {
    expect(await refusal('c.xml', cobertura('<class name="a"/>'))).toContain('a class without filename')
    const nested = klass('a.py', klass('b.py', ''))
    expect(await refusal('c.xml', cobertura(nested))).toContain('a class in a class')
  })
})
