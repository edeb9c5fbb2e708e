import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { jest } from '@jest/globals'
import { type Codecov, type CodecovOptions, startCodecov, tempDir } from '@tokenledger/testkit'
import type { Credentials } from '../../src/codecov/credentials.ts'
import type { Identity } from '../../src/codecov/identity.ts'
import type { UploadOutcome } from '../../src/codecov/outcome.ts'
import { type UploadRequest, uploadToCodecov } from '../../src/codecov/upload.ts'

export const IDENTITY: Identity = {
  event: 'pull_request',
  service: 'github',
  slug: 'acme/consumer',
  commit: 'b'.repeat(40),
  pull: '7',
  branch: 'feat',
  isFork: false,
  isPrivate: false,
  ciUrl: 'https://github.com/acme/consumer/actions/runs/1',
  jobCode: 'CI',
  name: 'CI - coverage',
}

export interface Uploaded {
  readonly outcome: UploadOutcome
  /** Lines of progress. */
  readonly lines: readonly string[]
  /** What was masked, in order, and what stdout got besides. */
  readonly masks: readonly string[]
  readonly stdout: string
}

/** No time is lost between tries; the time-outs are for a busy machine. */
export const QUICK = { connectMs: 10_000, idleMs: 10_000, backOffMs: 1 }

/** A stand-in for the length of one test, and an upload to it with its token, small budgets, and what is changed. */
export async function codecovFor(
  test: (
    codecov: Codecov,
    upload: (changed?: Partial<UploadRequest>, credentials?: Credentials) => Promise<Uploaded>,
  ) => Promise<void>,
  options: CodecovOptions = {},
): Promise<void> {
  const codecov = await startCodecov(options)
  const folder = tempDir('report-')
  const absolute = join(folder, 'coverage.xml')
  writeFileSync(absolute, '<coverage/>')
  const token: Credentials = { kind: 'token', token: codecov.tokens.repository }
  try {
    await test(codecov, (changed, credentials = token) =>
      captured(say =>
        uploadToCodecov({
          reports: [{ path: 'coverage.xml', absolute }],
          network: ['a.py'],
          identity: IDENTITY,
          credentials,
          url: codecov.url,
          flags: [],
          budgetMs: 20_000,
          signal: new AbortController().signal,
          say,
          limits: QUICK,
          ...changed,
        }),
      ),
    )
  } finally {
    await codecov.close()
  }
}

async function captured(run: (say: (line: string) => void) => Promise<UploadOutcome>): Promise<Uploaded> {
  const lines: string[] = []
  let printed = ''
  const write = jest.spyOn(process.stdout, 'write').mockImplementation(chunk => {
    printed += chunk
    return true
  })
  try {
    const outcome = await run(line => void lines.push(line))
    const commands = printed.split('\n').filter(Boolean)
    const masks = commands.flatMap(line => /^::add-mask::(.*)$/.exec(line)?.[1] ?? [])
    return {
      outcome,
      lines,
      masks,
      stdout: commands.filter(line => !line.startsWith('::add-mask::')).join('\n'),
    }
  } finally {
    write.mockRestore()
  }
}
