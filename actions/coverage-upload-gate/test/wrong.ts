import { join } from 'node:path'
import { expect } from '@jest/globals'
import { coberturaXml, errors, type Job, job } from './coverage-job.ts'

/** A run that cannot be right. */
export interface Wrong {
  readonly name: string
  /** Prepares the checkout; a report of shop/a.py with 3 of 4 lines is there already. */
  readonly given?: (job: Job) => void
  readonly inputs?: Readonly<Record<string, string>>
  /** Each is a part of an error annotation. */
  readonly says: readonly (string | RegExp)[]
  /** Whether there was something to judge, and so a total. */
  readonly total?: string
}

const A = { 'a.py': { hit: [1, 2, 3], missed: [4] } }
export const SOURCE = { 'shop/a.py': 'a = 1\nb = 2\nc = 3\nd = 4\n' }

export function reportOf({ repository }: Job, files: Parameters<typeof coberturaXml>[1] = A): string {
  return coberturaXml(join(repository.path, 'shop'), files)
}

/** It fails, says why, and leaves the verdict in outputs and summary. */
export async function expectFailure({ given, inputs, says, total = '' }: Wrong): Promise<void> {
  const it = job(SOURCE)
  it.write({ 'coverage.xml': reportOf(it) })
  given?.(it)
  const run = await it.run({ upload: 'off', ...inputs })
  const said = errors(run)
  for (const text of says) {
    expect(said).toContainEqual(
      typeof text === 'string' ? expect.stringContaining(text) : expect.stringMatching(text),
    )
  }
  expect(run.exitCode).toBe(1)
  expect(run.outputs.gate).toBe('fail')
  expect(run.outputs.reason).toBe(said.join('\n'))
  expect(run.summary).toMatch(/^### ❌ Coverage/)
  expect(run.outputs.total).toBe(total)
  expect(run.stdout).not.toMatch(/bug in the action|hunter2/)
}
