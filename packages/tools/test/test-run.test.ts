import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { closingLine, succeeded } from '../src/test-run/closing-line.ts'
import { runJest } from '../src/test-run/run-jest.ts'

const good = { numPassedTests: 3, numFailedTests: 0, numRuntimeErrorTestSuites: 0 }
const reports = `require('node:fs').writeFileSync(process.argv.find(a => a.startsWith('--outputFile=')).slice(13), '${JSON.stringify(good)}')`

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'test-run-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function run(program: string) {
  const jest = join(folder, 'jest.cjs')
  writeFileSync(jest, program)
  return runJest({
    jest,
    args: [],
    directory: folder,
    report: join(folder, 'jest.json'),
    patienceMs: 300,
  })
}

describe('a run of jest', () => {
  test('gives the results of one that ends by itself', async () => {
    expect(await run(reports)).toEqual({ results: good, status: 0, endedByUs: false })
  })

  test('that never ends after its report is ended, and its results stand', async () => {
    const jest = await run(`${reports}; setInterval(() => {}, 1000)`)
    expect(jest).toEqual({ results: good, status: null, endedByUs: true })
    expect(succeeded([jest])).toBe(true)
  })

  test('that blocks its thread after its report is ended as well', async () => {
    const jest = await run(`${reports}; for (;;);`)
    expect(jest.endedByUs).toBe(true)
  })

  test('that leaves no report has failed', async () => {
    const jest = await run('process.exitCode = 0')
    expect(succeeded([jest])).toBe(false)
    expect(closingLine([jest])).toBe('0 passed, 1 failed')
  })
})

describe('the closing line', () => {
  const ended = { status: 0, endedByUs: false }

  test('counts a suite that does not load as failed', () => {
    const run = { results: { ...good, numRuntimeErrorTestSuites: 1 }, status: null, endedByUs: true }
    expect(closingLine([run])).toBe('3 passed, 1 failed')
    expect(succeeded([run])).toBe(false)
  })

  test('adds up all runs, and one that failed fails them together', () => {
    const runs = [
      { results: good, ...ended },
      { results: { ...good, numFailedTests: 2 }, ...ended },
    ]
    expect(closingLine(runs)).toBe('6 passed, 2 failed')
    expect(succeeded(runs)).toBe(false)
  })

  test('is a success when one of the runs had nothing to do, and none when all had', () => {
    const nothing = { results: { ...good, numPassedTests: 0 }, ...ended }
    expect(succeeded([nothing, { results: good, ...ended }])).toBe(true)
    expect(succeeded([nothing, nothing])).toBe(false)
  })

  test('is no success when jest says that it failed', () => {
    expect(succeeded([{ results: good, status: 1, endedByUs: false }])).toBe(false)
  })
})
