import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { annotate } from '../src/annotations.ts'
import { run } from '../src/run.ts'
import { UserError } from '../src/user-error.ts'

const write = process.stdout.write
let printed = ''
beforeEach(() => {
  printed = ''
  process.stdout.write = (chunk: string | Uint8Array) => {
    printed += chunk
    return true
  }
})
afterEach(() => {
  process.stdout.write = write
  process.exitCode = 0
})

describe('annotate', () => {
  it('places an annotation at file, line and column', () => {
    annotate([{ level: 'error', message: 'E501 too long', file: 'a.py', line: 3, column: 7, title: 'ruff' }])
    expect(printed).toBe('::error title=ruff,file=a.py,line=3,col=7::E501 too long\n')
  })

  it('spans several lines', () => {
    annotate([{ level: 'warning', message: 'not covered', file: 'a.py', line: 3, endLine: 5 }])
    expect(printed).toBe('::warning file=a.py,line=3,endLine=5::not covered\n')
  })

  it('never lets findings vanish behind the limit of ten a level', () => {
    annotate(
      Array.from({ length: 12 }, (_, i) => ({
        level: 'warning' as const,
        message: `finding ${i}`,
        file: 'b.py',
      })),
    )
    const lines = printed.trimEnd().split('\n')
    expect(lines.filter(line => line.startsWith('::warning'))).toHaveLength(10)
    expect(printed).toContain('::warning::3 more of this kind; see the log of this step.')
    expect(printed).toContain('warning: b.py: finding 11')
  })
})

describe('run', () => {
  it('prints a UserError as one line without a stack', async () => {
    await run(async () => {
      throw new UserError('No pyproject.toml in x. Run actions/checkout first.')
    })
    expect(printed).toBe('::error::No pyproject.toml in x. Run actions/checkout first.\n')
    expect(process.exitCode).toBe(1)
  })

  it('calls everything else a bug and keeps its stack for debugging', async () => {
    await run(async () => {
      throw new TypeError('x is undefined')
    })
    expect(printed).toContain('::error::x is undefined (this is a bug in the action')
    expect(printed).toContain('::debug::TypeError: x is undefined')
  })
})
