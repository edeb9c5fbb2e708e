import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { parsePyproject } from '@tokenledger/python-project'
import { tempDir, writeFiles } from '@tokenledger/testkit'
import { isMember, locateLock } from '../src/lock-location.ts'

const LOCK = 'version = 1\nrequires-python = ">=3.11"\n'
const WORKSPACE = '[tool.uv.workspace]\nmembers = ["packages/*"]\nexclude = ["packages/old"]\n'

describe('the uv.lock of a project', () => {
  const locate = async (files: Record<string, string>, project: string) => {
    const root = tempDir()
    writeFiles(root, files)
    const located = await locateLock(parsePyproject('', join(root, project, 'pyproject.toml')), root)
    return located?.directory.slice(root.length)
  }

  it('is its own', async () => {
    expect(await locate({ 'uv.lock': LOCK }, '.')).toBe('')
  })

  it('is that of the workspace that it is a member of', async () => {
    const files = { 'pyproject.toml': WORKSPACE, 'uv.lock': LOCK }
    expect(await locate(files, 'packages/api')).toBe('')
    expect(await locate(files, 'packages/old')).toBeUndefined()
    expect(await locate(files, 'other')).toBeUndefined()
  })

  it('is none when there is none', async () => {
    expect(await locate({ 'pyproject.toml': WORKSPACE }, 'packages/api')).toBeUndefined()
    expect(await locate({}, 'a')).toBeUndefined()
  })

  it('belongs to members by their pattern, in any spelling of it', () => {
    const root = parsePyproject('[tool.uv.workspace]\nmembers = ["./libs/a/"]\n', '/w/pyproject.toml')
    expect(isMember(root, '/w/libs/a')).toBe(true)
    expect(isMember(root, '/w/libs/b')).toBe(false)
    expect(isMember(parsePyproject('', '/w/pyproject.toml'), '/w/libs/a')).toBe(false)
  })
})
