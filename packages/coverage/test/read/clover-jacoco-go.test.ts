import { describe, expect, it } from '@jest/globals'
import { plainFiles, readText, refusal } from './plain.ts'

const filesOf = async (text: string) => plainFiles(await readText('report', text))

describe('Clover', () => {
  it('is read as istanbul writes it, where a condition says how many exits were taken and how many not', async () => {
    const text = `<?xml version="1.0" encoding="UTF-8"?>
<coverage generated="1767225600123" clover="3.2.0">
  <project timestamp="1767225600123" name="All files">
    <metrics statements="3" coveredstatements="2"/>
    <file name="App.tsx" path="/w/src/App.tsx">
      <metrics statements="3"/>
      <line num="1" count="1" type="stmt"/>
      <line num="2" count="4" type="cond" truecount="2" falsecount="1"/>
      <line num="7" count="0" type="stmt"/>
    </file>
  </project>
</coverage>`
    const report = await readText('clover.xml', text)
    expect(report).toMatchObject({
      format: 'clover',
      writer: 'Clover 3.2.0',
      writtenAt: 1767225600123,
      sources: [],
    })
    expect(report).not.toHaveProperty('declared')
    expect(plainFiles(report)).toEqual({
      '/w/src/App.tsx': {
        lines: ['1 hit', '2 hit', '7 missed'],
        branches: [[2, { exits: 3, taken: 2 }]],
      },
    })
  })

  it('is read as PHPUnit writes it: no version, the path as the name, methods that are no statements', async () => {
    const text = `<coverage generated="1767225600"><project timestamp="1767225600">
<package name="App"><file name="/w/src/A.php"><class name="A"/>
<line num="3" type="method" name="a" count="2"/><line num="4" type="stmt" count="2"/></file></package>
<file name="/w/src/b.php"><line num="1" type="stmt" count="0"/></file></project></coverage>`
    const report = await readText('clover.xml', text)
    expect(report.writtenAt).toBe(1767225600000)
    expect(plainFiles(report)).toEqual({
      '/w/src/A.php': { lines: ['4 hit'], branches: [] },
      '/w/src/b.php': { lines: ['1 missed'], branches: [] },
    })
  })

  it('is read as OpenClover writes it, where a condition counts how often it was true and how often false', async () => {
    const text = `<coverage generated="1767225600" clover="4.5.2"><project><file name="A.java" path="/w/A.java">
<line num="2" type="cond" truecount="9" falsecount="0"/><line num="2" type="stmt" count="9"/>
<line num="5" type="cond" truecount="0" falsecount="0"/></file></project></coverage>`
    expect(await filesOf(text)).toEqual({
      '/w/A.java': {
        lines: ['2 hit', '5 missed'],
        branches: [
          [2, { exits: 2, taken: 1 }],
          [5, { exits: 2, taken: 0 }],
        ],
      },
    })
  })

  it.each([
    ['<file><line num="1" type="stmt" count="1"/></file>', 'a file without path and name'],
    ['<file name="a"><line num="1" type="stmt"/></file>', 'a statement without count'],
    ['<file name="a"><file name="b"/></file>', 'a file in a file'],
    ['<file name="a"><line type="stmt" count="1"/></file>', 'an element without the attribute num'],
  ])('refuses %s', async (content, what) => {
    const text = `<coverage generated="1"><project>${content}</project></coverage>`
    expect(await refusal('clover.xml', text)).toContain(what)
  })
})

describe('JaCoCo', () => {
  const jacoco = (content: string) => `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd">
<report name="shop"><sessioninfo id="a" start="1767225600000" dump="1767225601000"/>
<sessioninfo id="b" start="1767225600000" dump="1767225600500"/>${content}</report>`

  it('is read with the package in the name, covered instructions as hits, and its own totals', async () => {
    const text =
      jacoco(`<group name="core"><package name="com/shop"><class name="com/shop/A" sourcefilename="A.java">
<method name="m" line="3"><counter type="LINE" missed="7" covered="7"/></method></class>
<sourcefile name="A.java"><line nr="3" mi="0" ci="4" mb="0" cb="0"/><line nr="4" mi="2" ci="1" mb="1" cb="3"/>
<line nr="9" mi="2" ci="0" mb="0" cb="0"/><counter type="LINE" missed="1" covered="2"/></sourcefile></package>
<package name=""><sourcefile name="Main.java"><line nr="1" mi="0" ci="1"/></sourcefile></package></group>
<counter type="INSTRUCTION" missed="9" covered="9"/><counter type="BRANCH" missed="1" covered="3"/>
<counter type="LINE" missed="1" covered="3"/>`)
    const report = await readText('jacoco.xml', text)
    expect(report).toMatchObject({
      format: 'jacoco',
      writtenAt: 1767225601000,
      declared: { statements: 4, executed: 3, exits: 4, taken: 3 },
    })
    expect(plainFiles(report)).toEqual({
      'com/shop/A.java': {
        lines: ['3 hit', '4 hit', '9 missed'],
        branches: [[4, { exits: 4, taken: 3 }]],
      },
      'Main.java': { lines: ['1 hit'], branches: [] },
    })
  })

  it.each([
    ['<package name="p"><sourcefile/></package>', 'a sourcefile without name'],
    [
      '<package name="p"><sourcefile name="a"><line ci="1"/></sourcefile></package>',
      'without the attribute nr',
    ],
    [
      '<package name="p"><sourcefile name="a"><line nr="1" ci="x"/></sourcefile></package>',
      'ci="x" is no whole number',
    ],
    ['<package name="p"></package>', 'lists no files'],
  ])('refuses %s', async (content, what) => {
    expect(await refusal('jacoco.xml', jacoco(content))).toContain(what)
  })
})

describe('a cover profile of Go', () => {
  it('has the lines of its blocks, hit when any block on a line was counted', async () => {
    const text = `mode: atomic
shop.io/shop/a.go:7.10,9.3 1 0
shop.io/shop/a.go:3.14,5.12 2 7
shop.io/shop/a.go:5.12,7.3 1 0
shop.io/shop/b.go:1.1,2.2 1 1
shop.io/shop/a.go:20.1,20.5 1 0
shop.io/shop/a.go:30.1,40.5 0 1
mode: set
shop.io/shop/a.go:20.1,21.5 1 1
`
    expect(await filesOf(text)).toEqual({
      'shop.io/shop/a.go': {
        lines: [
          '3 hit',
          '4 hit',
          '5 hit',
          '6 missed',
          '7 missed',
          '8 missed',
          '9 missed',
          '20 hit',
          '21 hit',
        ],
        branches: [],
      },
      'shop.io/shop/b.go': { lines: ['1 hit', '2 hit'], branches: [] },
    })
  })

  it('has Windows paths and names with colons and blanks', async () => {
    const files = await filesOf('mode: set\nC:\\w\\a b.go:1.1,1.9 1 1\n')
    expect(Object.keys(files)).toEqual(['C:\\w\\a b.go'])
  })

  it.each([
    [
      'mode: set\na.go:1.1,2.2 1',
      'line 2: "a.go:1.1,2.2 1" is no block of a cover profile (cut off perhaps?)',
    ],
    ['mode: set\na.go:3.1,2.2 1 1\n', 'is no block of a cover profile'],
    ['mode: set\na.go:1.1,99999999.2 1 1\n', 'is no block of a cover profile'],
    ['mode: set\n', 'lists no files'],
    [
      `mode: set\n${['a', 'b', 'c'].map(file => `${file}.go:1.1,10000000.2 1 1\n`).join('')}`,
      'has blocks of more than 20000000 lines',
    ],
  ])('refuses %j', async (text, what) => {
    expect(await refusal('cover.out', text)).toContain(what)
  })
})
