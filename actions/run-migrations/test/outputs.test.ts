import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { MigrationError } from '@tokenledger/migrations'
import { parse } from 'yaml'
import { failureOf } from '../src/failure.ts'
import { noFindings } from '../src/findings.ts'
import { outputsOf } from '../src/outputs.ts'
import { reportOf } from '../src/report-file.ts'
import { placeIn } from '../src/runner.ts'
import { applied, findings } from './some-findings.ts'

const contract = parse(readFileSync(join(import.meta.dirname, '..', 'action.yml'), 'utf8'))

describe('the outputs', () => {
  it('are those that action.yml declares, all of them, also when nothing is known', () => {
    expect(Object.keys(outputsOf(noFindings(), '', 0))).toEqual(Object.keys(contract.outputs))
  })

  it('tell what was applied before a failure', () => {
    const failure = { message: 'x', problems: [] }
    const run = findings({ applied: [applied('001', { ms: 12.6 })], current: '001', pending: 1, failure })
    expect(outputsOf(run, '/tmp/report.json', 345.6)).toEqual({
      tool: 'sql',
      verdict: 'failed',
      applied: '[{"version":"001","name":"001_step","ms":13,"statements":2,"locks":[]}]',
      'applied-count': '1',
      'pending-count': '1',
      'previous-version': '',
      'current-version': '001',
      'waited-ms': '120',
      'duration-ms': '346',
      'schema-hash': '',
      'schema-diff-file': '',
      report: '/tmp/report.json',
      'server-version': '16.14',
    })
  })
})

describe('the report', () => {
  it('keeps DETAIL of the server out, which can hold values of rows', () => {
    const problem = { message: 'duplicate key', detail: 'Key (email)=(a@b.c) already exists.' }
    const report = reportOf(findings({ failure: { message: '', problems: [problem] } }), 1)
    expect(report).toMatchObject({ format: 1, verdict: 'failed', problems: [{ message: 'duplicate key' }] })
    expect(JSON.stringify(report)).not.toContain('a@b.c')
  })
})

describe('a failure on a remote database', () => {
  it('is told without the values of rows that the server quotes', () => {
    const error = new MigrationError([
      { path: 'a.sql', message: 'duplicate key (23505)\nDETAIL:  Key (email)=(a@b.c) already exists.' },
    ])
    expect(failureOf(error, findings({ remote: true })).problems).toEqual([
      { path: 'a.sql', message: 'duplicate key (23505)' },
    ])
    expect(failureOf(error, findings()).problems).toEqual(error.problems)
  })
})

describe('a cancelled run', () => {
  it('says so, whatever its parts threw', () => {
    const run = findings({ cancelled: true, applied: [applied('001')] })
    expect(failureOf(new Error('Connection terminated'), run).message).toBe(
      'Cancelled: the job was cancelled. Database is at 001.',
    )
  })
})

describe('the working directory', () => {
  it('may not leave the workspace', () => {
    expect(() => placeIn('/w', '/etc', ['x'])).toThrow('Input working-directory leaves the workspace /w.')
  })

  it('has to hold something', () => {
    expect(() => placeIn('/w', '/w/app', [])).toThrow('Run actions/checkout before this step')
  })

  it('is told with forward slashes, and as . for the workspace itself', () => {
    expect(placeIn('/w', '/w/a/b', ['x'])).toEqual({ root: '/w', workingDirectory: 'a/b' })
    expect(placeIn('/w', '/w', ['x']).workingDirectory).toBe('.')
  })
})
