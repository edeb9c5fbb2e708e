import { describe, expect, it } from '@jest/globals'
import { parsePyproject } from '@tokenledger/python-project'
import { planOf } from '@tokenledger/python-project/plan'
import { logLines, summaryParts } from '../src/report.ts'

const hostile = '[project]\nname = "x\\n::error::made up | `<b>`"\nversion = "1*_[a](b)"\n'
const findings = planOf({
  checkout: { files: ['pyproject.toml'], truncated: false, text: () => hostile },
  pyproject: parsePyproject(hostile, 'pyproject.toml'),
  overrides: {},
})

describe('the report', () => {
  it('keeps what a project wrote on one line of the log, so that it is no workflow command', () => {
    const lines = logLines(findings)
    expect(lines[0]).toBe('package: x ::error::made up | `<b>` ([project] name)')
    expect(lines.every(line => /^[a-z-]+: /.test(line) && !line.includes('\n'))).toBe(true)
  })

  it('keeps it in its cell of the table, without markup', () => {
    const parts = summaryParts(findings, '.')
    const rows = (parts.at(-1)?.markdown ?? '').split('\n')
    expect(rows).toContain('| Subject | Found | Why |')
    expect(rows).toContain("| package | `x<br>::error::made up \\| '<b>'` | &#91;project&#93; name |")
    expect(rows.find(row => row.startsWith('| version-source'))).toBe(
      '| version-source | `pyproject.toml` | static version 1&#42;&#95;&#91;a&#93;(b) |',
    )
    expect(rows.find(row => row.startsWith('| has-dashboard'))).toContain('| `no` |')
  })

  it('shows what decides the jobs first and folds the rest', () => {
    const [headline, highlights, all] = summaryParts(findings, '.')
    expect(headline?.markdown).toMatch(/^### Plan for /)
    expect(highlights?.markdown).toContain('| python-versions | ')
    expect(highlights?.markdown).not.toContain('| version-source | ')
    expect(all?.markdown).toMatch(/^<details><summary>All findings/)
  })
})
