import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { tempDir, writeFiles } from '@tokenledger/testkit'
import { NEWEST, projectOf, runTests } from './python-tests.ts'
import { runComposite } from './run-step.ts'

const PROJECT = {
  'small/__init__.py': 'def sign(n):\n    if n < 0:\n        return -1\n    return 1\n',
  'tests/test_sign.py': 'from small import sign\n\ndef test_sign():\n    assert sign(3) == 1\n',
}
const PYTHONPATH = '.'

describe('python-tests', () => {
  it('runs pytest with the arguments, measures the source, and says both in the summary', async () => {
    const folder = projectOf(PROJECT)
    const inputs = { arguments: '-k\nsign or not a\n\n', 'coverage-source': 'small', title: 'Tests on 3.12' }
    const { tests, summary } = await runTests(folder, inputs, NEWEST, { PYTHONPATH })
    expect(tests.status).toBe(0)
    expect(tests.log).toContain(
      'pytest --junit-xml=junit.xml -k sign or not a --cov=small --cov-report=xml --cov-report=term-missing\n',
    )
    expect(summary).toMatchObject({ status: 0, log: '', outputs: { 'has-coverage': 'true' } })
    expect(summary.summary).toContain('### Tests on 3.12: ✅ 1 passed, 0 failed, 0 skipped')
    expect(summary.summary).toContain('Coverage: 75.0% of lines (3 of 4).')
  })

  it.each([
    ['false', '1', false],
    ['true', '1', true],
    ['false', '2', true],
  ])(
    'holds the tests to fail_under, gated together %s and %s shards: left to a later job %s',
    async (together, shards, isLeft) => {
      const folder = projectOf({ ...PROJECT, '.coveragerc': '[report]\nfail_under = 80\n' })
      const inputs = { 'gated-together': together, shards, 'coverage-source': 'small' }
      const { tests } = await runTests(folder, inputs, NEWEST, { PYTHONPATH })
      expect(tests.status).toBe(isLeft ? 0 : 1)
      expect(tests.log.includes('--cov-fail-under=0')).toBe(isLeft)
    },
  )

  it('runs a command instead, which finds its shard, and ends as it ends', async () => {
    const command = 'echo "shard $TEST_SHARD of $TEST_SHARDS" | tee shard.txt; exit 7'
    const { tests } = await runTests(tempDir(), { command, shard: '2', shards: '3' })
    expect(tests).toMatchObject({ status: 7, log: 'shard 2 of 3\n' })
  })

  it('fails where the tests fail, and never puts an input into shell text', async () => {
    const folder = projectOf({ 'test_bad.py': 'def test_bad():\n    assert 1 == 2\n' })
    const { tests, summary } = await runTests(folder, { arguments: '--color=$(touch evil)' })
    expect(tests.status).not.toBe(0)
    expect(existsSync(join(folder, 'evil'))).toBe(false)
    expect(summary.summary).toContain('❌ no result was written')
    const failed = await runTests(folder, {})
    expect(failed.tests.status).toBe(1)
    expect(failed.summary.log).toBe('::error title=test failed::test_bad.test_bad: assert 1 == 2\n')
  })

  it('says how to have pytest where it is not installed', async () => {
    const bin = tempDir('path-')
    for (const name of ['bash', 'rm'])
      spawnSync('ln', ['-s', spawnSync('which', [name], { encoding: 'utf8' }).stdout.trim(), join(bin, name)])
    const run = await runComposite('python-tests', {}, tempDir(), { PATH: bin, RUNNER_TEMP: bin }, 'tests')
    expect(run).toMatchObject({
      status: 1,
      log: '::error::pytest is not installed. Add it to an extra or dependency group and name that in the input extras or groups.\n',
    })
  })

  it.each([
    ['0', '2'],
    ['3', '2'],
    ['a[$(touch evil)]', '2'],
    ['1', ''],
  ])('refuses shard %j of %j', async (shard, shards) => {
    const folder = tempDir()
    const { tests } = await runTests(folder, { shard, shards })
    expect(tests).toMatchObject({
      status: 1,
      log: `::error::Inputs shard and shards are "${shard}" and "${shards}"; give whole numbers, such as 1 and 3.\n`,
    })
    expect(existsSync(join(folder, 'evil'))).toBe(false)
  })
})

describe('the summary of the tests', () => {
  const summarise = async (files: Record<string, string>, shard?: string) => {
    const [folder, RUNNER_TEMP] = [tempDir(), tempDir()]
    writeFiles(folder, files)
    if (shard) writeFiles(RUNNER_TEMP, { 'tokenledger-test-shard.txt': shard })
    return runComposite('python-tests', { title: 'Tests on Python 3.12' }, folder, { RUNNER_TEMP }, 'summary')
  }

  it('counts results and coverage and folds the failures', async () => {
    const { status, summary, log, outputs } = await summarise({
      'junit.xml': `<testsuites><testsuite>
        <testcase classname="tests.a" name="good"/>
        <testcase classname="tests.a" name="bad"><failure message="assert 1 == 2&#10;more">trace</failure></testcase>
        <testcase classname="tests.a" name="left"><skipped/></testcase>
      </testsuite></testsuites>`,
      'coverage.xml': '<coverage lines-valid="200" lines-covered="175"/>',
    })
    expect(status).toBe(0)
    expect(summary).toContain('### Tests on Python 3.12: ❌ 1 passed, 1 failed, 1 skipped')
    expect(summary).toContain('Coverage: 87.5% of lines (175 of 200).')
    expect(outputs).toEqual({ 'has-coverage': 'true' })
    expect(summary).toContain('<code>tests.a.bad</code>')
    expect(log).toBe('::error title=test failed::tests.a.bad: assert 1 == 2\n')
  })

  it('does not call a run without a result a success', async () => {
    const { summary, outputs } = await summarise({})
    expect(summary).toContain('### Tests on Python 3.12: ❌ no result was written')
    expect(outputs).toEqual({})
  })

  const EMPTY = { 'junit.xml': '<testsuites><testsuite/></testsuites>' }
  it('says which part of the tests it is about, and that there may be none', async () => {
    const none = await summarise(EMPTY, 'shard 4 of 4: 0 of 3 tests in 0 of 1 files')
    expect(none.summary).toContain('### Tests on Python 3.12: ✅ no test is in this shard')
    expect(none.summary).toContain('Shard 4 of 4: 0 of 3 tests in 0 of 1 files.')
    const broken = await summarise(EMPTY, 'shard 1 of 4: 10 of 30 tests in 1 of 9 files')
    expect(broken.summary).toContain('❌ no result was written')
  })

  it('takes a run that skipped everything for no success, and a shard that did for one', async () => {
    const left = {
      'junit.xml': '<testsuite><testcase classname="a" name="b"><skipped/></testcase></testsuite>',
    }
    expect((await summarise(left)).summary).toContain('❌ 0 passed, 0 failed, 1 skipped')
    const shard = await summarise(left, 'shard 2 of 4: 1 of 9 tests in 1 of 9 files')
    expect(shard.summary).toContain('✅ 0 passed, 0 failed, 1 skipped')
  })
})
