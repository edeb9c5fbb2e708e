import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { root } from '../src/repository.ts'
import { format, keptVersions, readArchives, wheelDigests } from '../src/update-uv-digests.ts'

describe('the digest file', () => {
  it('is in the form that the program writes, so that a new release is one new line', () => {
    const text = readFileSync(join(root, 'packages', 'tool-install', 'src', 'uv-digests.json'), 'utf8')
    expect(format(JSON.parse(text))).toBe(text)
  })

  it('keeps all versions from 0.11 on and the last of the minors before', () => {
    const released = [
      '0.7.22',
      '0.8.9',
      '0.8.24',
      '0.9.30',
      '0.10.2',
      '0.10.12',
      '0.11.0',
      '0.11.1',
      '0.13.0a1',
    ]
    expect(keptVersions(released)).toEqual(['0.11.1', '0.11.0', '0.10.12', '0.9.30', '0.8.24'])
  })
})

describe('archive digests', () => {
  const expected = { '0.12.5': { 'x86_64-unknown-linux-gnu': 'aa', 'x86_64-pc-windows-msvc': 'bb' } }

  it('come from Astral’s manifest, for our platforms and the default variant', () => {
    const artifacts = [
      { platform: 'x86_64-unknown-linux-gnu', variant: 'default', sha256: 'aa' },
      { platform: 'x86_64-unknown-linux-gnu', variant: 'debug', sha256: '00' },
      { platform: 'x86_64-pc-windows-msvc', sha256: 'bb' },
      { platform: 's390x-unknown-linux-gnu', variant: 'default', sha256: 'cc' },
    ]
    expect(readArchives('uv.ndjson', `${JSON.stringify({ version: '0.12.5', artifacts })}\n`)).toEqual(
      expected,
    )
  })

  it('come from a flat map as well', () => {
    const map = {
      'x86_64-unknown-linux-gnu-0.12.5': 'aa',
      'x86_64-pc-windows-msvc-0.12.5': 'bb',
      's390x-unknown-linux-gnu-0.12.5': 'cc',
    }
    expect(readArchives('known.json', JSON.stringify(map))).toEqual(expected)
  })
})

describe('wheel digests', () => {
  it('are those of our platforms that the index states a hash for', () => {
    const files = ['win_amd64', 'win32', 'manylinux_2_28_aarch64', 'macosx_11_0_arm64'].map(tag => ({
      filename: `uv-0.12.5-py3-none-${tag}.whl`,
      url: 'https://index.example/f',
      ...(tag === 'macosx_11_0_arm64' ? {} : { sha256: tag }),
    }))
    expect(wheelDigests(files, '0.12.5')).toEqual({
      win_amd64: 'win_amd64',
      manylinux_2_28_aarch64: 'manylinux_2_28_aarch64',
    })
  })
})
