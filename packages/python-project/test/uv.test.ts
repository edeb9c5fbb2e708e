import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { parsePyproject, parseUvLock, readUvLock, readUvToml, uvRequirement } from '../src/index.ts'

const digest = 'a'.repeat(64)
const LOCK = `version = 1
requires-python = ">=3.11"

[[package]]
name = "tokenledger"
source = { editable = "." }

[[package]]
name = "uv"
version = "0.12.5"
wheels = [
    { url = "https://files.example/uv-0.12.5%2Bcpu-py3-none-any.whl", hash = "sha256:${digest}", size = 1 },
    { path = "wheels/uv-0.12.5-py3-none-win32.whl", hash = "sha256:${digest}" },
    { url = "https://files.example/uv-0.12.5-py3-none-other.whl" },
]
`
let directory = ''
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'uv-lock-'))
})
afterEach(() => rm(directory, { recursive: true }))

describe('readUvLock', () => {
  it('knows the uv that it pins with the wheels that can be verified, and the digest of the file', async () => {
    await writeFile(join(directory, 'uv.lock'), LOCK)
    expect(await readUvLock(directory)).toEqual({
      uv: {
        version: '0.12.5',
        wheels: [
          { filename: 'uv-0.12.5+cpu-py3-none-any.whl', sha256: digest },
          { filename: 'uv-0.12.5-py3-none-win32.whl', sha256: digest },
        ],
      },
      sha256: createHash('sha256').update(LOCK).digest('hex'),
    })
  })

  it('is undefined when there is none', async () => {
    expect(await readUvLock(directory)).toBeUndefined()
  })

  it('finds uv between other packages, with either end of line, and takes no other name for it', () => {
    const others = LOCK.replace('name = "uv"', 'name = "uvicorn"')
    expect(parseUvLock(Buffer.from(others), 'uv.lock')).not.toHaveProperty('uv')
    const between = `${LOCK}\n[[package]]\nname = "zipp"\nversion = "3.0"\n`.replaceAll('\n', '\r\n')
    expect(parseUvLock(Buffer.from(between), 'uv.lock').uv?.version).toBe('0.12.5')
  })

  it('names the file when the entry of uv is broken', () => {
    const broken = LOCK.replace('version = "0.12.5"', '<<<<<<< ours')
    expect(() => parseUvLock(Buffer.from(broken), 'uv.lock')).toThrow('uv.lock:')
  })
})

describe('uvRequirement', () => {
  const settings = (text: string) => parsePyproject(text, 'pyproject.toml')
  const lock = parseUvLock(Buffer.from(LOCK), 'uv.lock')
  const required = settings('[tool.uv]\nrequired-version = ">=0.12,<0.13"')

  it('asks uv.toml, then [tool.uv], then uv.lock', async () => {
    await writeFile(join(directory, 'uv.toml'), 'required-version = "0.12.1"')
    expect(uvRequirement(required, await readUvToml(directory), lock)).toEqual({
      specifier: '==0.12.1',
      reason: 'required-version in uv.toml',
    })
    expect(uvRequirement(required, undefined, lock)).toEqual({
      specifier: '>=0.12,<0.13',
      reason: 'required-version in [tool.uv] of pyproject.toml',
    })
    expect(uvRequirement(settings(''), undefined, lock)).toEqual({
      specifier: '==0.12.5',
      reason: 'the package uv in uv.lock',
    })
    expect(uvRequirement(settings(''))).toBeUndefined()
  })

  it('ignores [tool.uv] next to a uv.toml, as uv does', () => {
    expect(uvRequirement(required, {})).toBeUndefined()
  })

  it('refuses a required-version that is no specifier', () => {
    expect(() => uvRequirement(settings('[tool.uv]\nrequired-version = "latest"'))).toThrow(
      'required-version "latest" in [tool.uv] of pyproject.toml is not a PEP 440 specifier. Write it like ">=0.12" or "0.12.5".',
    )
  })
})
