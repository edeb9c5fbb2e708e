import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from '@jest/globals'
import type { Annotation } from '../src/act/events.ts'
import { closingWarnings } from '../src/closing-warnings.ts'
import type { JobVerdict } from '../src/record/verdict.ts'

const stale: Annotation = {
  level: 'warning',
  message: 'uv.lock is out of date.\nuv said: ...',
  title: undefined,
  file: 'uv.lock',
  line: undefined,
}

function passed(name: string, annotations: Annotation[]): JobVerdict {
  const end = { kind: 'finished', result: 'success', seconds: 1 } as const
  const run = {
    job: name,
    id: name,
    matrix: {},
    startedAt: 0,
    end,
    steps: [],
    errors: [],
    summaries: [],
    annotations,
  }
  return { name, outcome: { kind: 'success' }, run }
}

describe('the warnings at the end', () => {
  it('name each warning once, with its place and the jobs that gave it', () => {
    const verdicts = [passed('lint', [stale]), passed('test', [stale, { ...stale, level: 'notice' }])]
    expect(closingWarnings(verdicts).map(stripVTControlCharacters)).toEqual([
      '! uv.lock: uv.lock is out of date. (lint, test)',
    ])
  })

  it('are none where nothing warned or a job never ran', () => {
    expect(
      closingWarnings([passed('lint', []), { name: 'x', outcome: { kind: 'failure' }, run: undefined }]),
    ).toEqual([])
  })
})
