import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { tempDir } from '@tokenledger/testkit'
import { build } from '../../packages/tools/src/build.ts'
import { generated } from '../../packages/tools/src/generate.ts'
import { content, root } from './tracked-files.ts'

describe('dist', () => {
  const fresh = join(tempDir(), 'fresh')
  build(fresh)

  it('is what the sources build (else: npm run build)', () => {
    expect(digests(join(root, 'dist'))).toEqual(digests(fresh))
  })

  it('is built byte for byte the same in another directory', () => {
    const other = join(tempDir(), 'another place', 'with a longer name')
    build(other)
    expect(digests(other)).toEqual(digests(fresh))
  })

  it('names no path of the computer that built it', () => {
    const naming = Object.keys(digests(fresh)).filter(file =>
      readFileSync(join(fresh, file), 'utf8').includes(root.replace(/\/$/, '')),
    )
    expect(naming).toEqual([])
  })
})

describe('generated files', () => {
  it('are current (else: npm run generate)', () => {
    const stale = [...generated()]
      .filter(([path, expected]) => current(path) !== expected)
      .map(([path]) => path)
    expect(stale).toEqual([])
  })
})

function current(path: string): string | undefined {
  try {
    return content(path)
  } catch {
    return undefined
  }
}

function digests(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
  const paths = files.map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
  return Object.fromEntries(
    paths.sort().map(path => [
      path,
      createHash('sha256')
        .update(readFileSync(join(folder, path)))
        .digest('hex'),
    ]),
  )
}
