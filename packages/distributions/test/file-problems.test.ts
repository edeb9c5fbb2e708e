import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { tempDir } from '@tokenledger/testkit'
import { fileProblems, type MeasuredFile, measureFile } from '../src/index.ts'

const file = (path: string, size = 1): MeasuredFile => ({
  path: `/workspace/${path}`,
  name: path.split('/').at(-1) ?? path,
  size,
  digest: `sha256:${'0'.repeat(64)}`,
})

describe('files of a release', () => {
  it('are measured as they are on disk', async () => {
    const path = join(tempDir('measured-'), 'a.whl')
    const content = Buffer.alloc(3_000_001, 'x')
    writeFileSync(path, content)
    const digest = `sha256:${createHash('sha256').update(content).digest('hex')}`
    expect(await measureFile(path)).toEqual({ path, name: 'a.whl', size: 3_000_001, digest })
  })

  it('are refused empty, from 2 GiB on, and when two would have one name', () => {
    const files = [
      file('dist/a.whl'),
      file('dist/empty.txt', 0),
      file('dist/most.bin', 2 ** 31 - 1),
      file('dist/large.bin', 2 ** 31),
      file('other/a.whl'),
    ]
    expect(fileProblems(files, '/workspace')).toEqual([
      'RELEASE_FILE_EMPTY: dist/empty.txt has 0 bytes; look at the step that writes it',
      'RELEASE_FILE_TOO_LARGE: dist/large.bin has 2.00 GiB, and a release takes files below 2 GiB; split or compress it',
      'RELEASE_SAME_NAME: dist/a.whl and other/a.whl would both be a.whl in the release; rename one of them',
    ])
  })
})
