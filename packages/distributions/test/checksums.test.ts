import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { tempDir } from '@tokenledger/testkit'
import fc from 'fast-check'
import { checksums, measureFile, readChecksums } from '../src/index.ts'

const digest = (character: string) => `sha256:${character.repeat(64)}`

describe('the checksums of a release', () => {
  it('are one line a file, sorted by name whatever the language', () => {
    const files = ['b.whl', 'ä.txt', 'B.whl', 'a.tar.gz'].map(name => ({ name, digest: digest('a') }))
    const names = checksums(files)
      .split('\n')
      .map(line => line.slice(66))
    expect(names).toEqual(['B.whl', 'a.tar.gz', 'b.whl', 'ä.txt', ''])
  })

  it('are accepted by sha256sum, names with backslashes and new lines too', async () => {
    const folder = tempDir('checksums-')
    const names = ['plain.whl', 'two words.txt', 'back\\slash', 'new\nline', 'return\rhere', '*star', 'ünï']
    for (const name of names) writeFileSync(join(folder, name), `content of ${name}`)
    const files = await Promise.all(names.map(name => measureFile(join(folder, name))))
    writeFileSync(join(folder, 'SHA256SUMS'), checksums(files))
    const said = execFileSync('sha256sum', ['--check', '--strict', 'SHA256SUMS'], {
      cwd: folder,
      encoding: 'utf8',
    })
    expect(said.match(/: OK$/gm)).toHaveLength(names.length)
  })

  it('are read as sha256sum itself writes them', () => {
    const folder = tempDir('checksums-')
    writeFileSync(join(folder, 'a b'), 'text')
    writeFileSync(join(folder, 'c\\d'), '')
    for (const mode of ['--text', '--binary']) {
      const text = execFileSync('sha256sum', [mode, 'a b', 'c\\d'], { cwd: folder, encoding: 'utf8' })
      expect([...readChecksums(text)]).toEqual([
        ['a b', 'sha256:982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1'],
        ['c\\d', 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
      ])
    }
  })

  it('are read back as they were written, for every name that a file can have', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1 }).filter(text => !/[\0/]/.test(text))
    const digests = fc.dictionary(name, fc.constantFrom(digest('0'), digest('f')), { noNullPrototype: true })
    fc.assert(
      fc.property(digests, files => {
        const text = checksums(Object.entries(files).map(([name, digest]) => ({ name, digest })))
        expect(Object.fromEntries(readChecksums(text))).toEqual(files)
      }),
    )
  })

  it('name the line that is none', () => {
    const text = `${'a'.repeat(64)}  good.whl\nnot found\n`
    expect(() => readChecksums(text)).toThrow(
      'RELEASE_CHECKSUMS: line 2 of the checksums is not "<SHA-256>  <file>": "not found"; write them with sha256sum',
    )
  })
})
