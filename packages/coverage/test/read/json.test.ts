import { describe, expect, it } from '@jest/globals'
import { plainFiles, readText, refusal } from './plain.ts'

interface Parts {
  readonly meta?: object
  readonly file?: object
  readonly totals?: object
}

const FILE = {
  executed_lines: [1, 2],
  missing_lines: [3],
  excluded_lines: [7],
  summary: { covered_lines: 2, missing_lines: 1, num_branches: 2, covered_branches: 1 },
  executed_branches: [[2, 3]],
  missing_branches: [[2, -1]],
}

const json = ({ meta, file, totals }: Parts = {}) =>
  JSON.stringify({
    meta: {
      format: 3,
      version: '7.17.3',
      timestamp: '2026-01-01T00:00:00.5',
      branch_coverage: true,
      ...meta,
    },
    files: { 'a.py': { ...FILE, ...file } },
    totals: { num_statements: 3, covered_lines: 2, num_branches: 2, covered_branches: 1, ...totals },
  })

describe("coverage.py's JSON", () => {
  it('is read with its totals, writer and time', async () => {
    const report = await readText('coverage.json', json())
    expect(report).toMatchObject({
      format: 'coveragepy-json',
      writer: 'coverage.py 7.17.3',
      writtenAt: new Date(2026, 0, 1, 0, 0, 0, 500).getTime(),
      declared: { statements: 3, executed: 2, exits: 2, taken: 1 },
      sources: [],
    })
    expect(plainFiles(report)).toEqual({
      'a.py': {
        lines: ['1 hit', '2 hit', '3 missed'],
        branches: [[2, { exits: 2, taken: 1, missing: ['exit'] }]],
      },
    })
  })

  it('is read without a format number, as before format 2', async () => {
    const report = await readText('coverage.json', json({ meta: { format: undefined, timestamp: 'soon' } }))
    expect(report).not.toHaveProperty('writtenAt')
    expect(report.files.size).toBe(1)
  })

  it.each([
    [
      'a format of the future',
      { meta: { format: 4 } },
      'has format "4" of coverage.py\'s JSON; 2 and 3 can be read. Give coverage.xml',
    ],
    [
      'lines that are none',
      { file: { executed_lines: [1, '2'] } },
      'coverage.json: files["a.py"].executed_lines is not a list of line numbers',
    ],
    [
      'lines that are missing',
      { file: { missing_lines: undefined } },
      'files["a.py"].missing_lines is not a list of line numbers',
    ],
    ['a line 0', { file: { executed_lines: [0] } }, 'executed_lines is not a list of line numbers'],
    ['a broken line', { file: { executed_lines: [1.5] } }, 'executed_lines is not a list of line numbers'],
    [
      'arcs that are none',
      { file: { missing_branches: [[1]] } },
      'files["a.py"].missing_branches is not a list of pairs of line numbers',
    ],
    [
      'half of the branches',
      { file: { executed_branches: undefined } },
      'files["a.py"].executed_branches is not a list of pairs',
    ],
    [
      'no count of branches',
      { file: { summary: { ...FILE.summary, num_branches: '2' } } },
      'files["a.py"].summary.num_branches is not a whole number',
    ],
    [
      'totals that are none',
      { totals: { covered_lines: -1 } },
      'coverage.json: totals.covered_lines is not a whole number',
    ],
    [
      'more covered than there is',
      { totals: { covered_lines: 4 } },
      'totals say that more is covered than there is',
    ],
  ] as const)('is refused with %s', async (_, parts, what) => {
    expect(await refusal('coverage.json', json(parts))).toContain(what)
  })

  it('is refused with the place where it is cut off, wherever that is', async () => {
    const text = JSON.stringify(JSON.parse(json()), null, 2)
    for (let length = 1; length < text.trimEnd().length; length++) {
      const lines = text.slice(0, length).split('\n')
      const place = `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`
      expect(await refusal('coverage.json', text.slice(0, length))).toBe(
        `coverage.json is cut off: its JSON ends in the middle at ${place}. The test step was probably killed; nothing was gated or uploaded.`,
      )
    }
  })

  it.each([
    ['{"meta": {} "files": {}}', 'coverage.json is not readable at line 1, column 13: Expected'],
    ['{"meta": nope}', 'coverage.json is no valid JSON: Unexpected token'],
    ['{}', 'coverage.json is JSON, but not that of coverage.py. Give coverage.json (coverage json)'],
    ['{"meta": {"format": 3}, "files": [], "totals": {}}', 'coverage.json: files is not an object'],
    ['{"/w/a.ts": {"path": "/w/a.ts", "statementMap": {}}}', "(it is istanbul's; add the reporter"],
    ['{"total": {"lines": {"pct": 1}}}', "(it is istanbul's; add the reporter"],
    [
      '{"meta": {"format": 3}, "files": {}, "totals": {"num_statements": 0, "covered_lines": 0}}',
      'lists no files',
    ],
  ])('%s is refused', async (text, what) => {
    expect(await refusal('coverage.json', text)).toContain(what)
  })
})
