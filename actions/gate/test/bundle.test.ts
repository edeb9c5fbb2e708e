import { describe, expect, it } from '@jest/globals'
import { needsJson, runGate } from './gate-run.ts'

const errors = (run: Awaited<ReturnType<typeof runGate>>) =>
  run.annotations.filter(({ level }) => level === 'error')

describe('the built action', () => {
  it('passes when every job succeeded, and says so everywhere', async () => {
    const run = await runGate({ needs: needsJson({ plan: 'success', test: 'success' }) })
    expect(run.exitCode).toBe(0)
    expect(run.annotations).toEqual([])
    expect(run.outputs).toEqual({ verdict: 'success', failed: '[]' })
    expect(run.stdout).toContain('✅ every job that had to run succeeded\n')
    expect(run.summary).toBe(
      [
        '### Gate: ✅ every job that had to run succeeded',
        '',
        '| job | result | why skipped |',
        '| --- | --- | --- |',
        '| plan | ✅ success |  |',
        '| test | ✅ success |  |',
        '',
      ].join('\n'),
    )
  })

  it('fails with the names and results of what was not successful', async () => {
    const needs = needsJson({ plan: 'success', test: 'failure', deploy: 'skipped', docs: 'skipped' })
    const run = await runGate({
      needs,
      skipped: '{"docs": "no page | was changed"}',
      'skipped-after': '{"deploy": ["test"]}',
    })
    expect(run.exitCode).toBe(1)
    expect(errors(run)).toEqual([
      { level: 'error', title: 'gate', message: 'Not successful: test (failure). Their logs say why.' },
    ])
    expect(run.outputs).toEqual({ verdict: 'failure', failed: '["test"]' })
    expect(run.summary).toContain('### Gate: ❌ test (failure)\n')
    expect(run.summary).toContain('| deploy | ✅ skipped | test was not successful |')
    expect(run.summary).toContain('| docs | ✅ skipped | no page \\| was changed |')
  })
})

describe('an input that cannot be judged', () => {
  const good = needsJson({ test: 'success' })

  it.each([
    [{ needs: '{}' }, 'Input needs names no job, so there is nothing to judge.'],
    [{ needs: '[]' }, 'Input needs is no JSON object.'],
    [{ needs: 'test' }, 'Input needs is not valid JSON: '],
    [{ needs: '{"test": "success"}' }, 'Input needs gives job test the result undefined; known: success, '],
    [{ needs: needsJson({ test: 'ok' }) }, 'Input needs gives job test the result "ok"; known: success, '],
    [{ needs: good, skipped: 'docs' }, 'Input skipped is not valid JSON: '],
    [{ needs: good, skipped: '["docs"]' }, 'Input skipped is no JSON object.'],
    [{ needs: good, skipped: '{"docs": ""}' }, 'Input skipped gives no reason for docs.'],
    [
      { needs: good, 'skipped-after': '{"test": "x"}' },
      'Input skipped-after gives no list of jobs for test.',
    ],
    [
      { needs: good, 'skipped-after': '{"test": ["x"]}' },
      'Input skipped-after names x, which this job does not need.',
    ],
  ])('fails: %j', async (inputs, message) => {
    const run = await runGate(inputs)
    expect(run.exitCode).toBe(1)
    expect(errors(run)).toEqual([{ level: 'error', message: expect.stringContaining(message) }])
    expect(run.outputs).toEqual({ verdict: 'failure' })
    expect(run.summary).toBe('')
  })

  it('is told together with the others', async () => {
    const [error] = errors(await runGate({ needs: '', skipped: '[]', 'skipped-after': '3' }))
    expect(error?.message.split('\n').map(line => line.split(' ')[1])).toEqual([
      'needs',
      'skipped',
      'skipped-after',
    ])
  })
})
