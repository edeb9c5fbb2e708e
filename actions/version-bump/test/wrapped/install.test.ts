import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { tempDir, writeFiles } from '@tokenledger/testkit'
import { environmentOfInstall } from '../../src/wrapped/child-environment.ts'
import { type InstallOptions, installTool } from '../../src/wrapped/install-tool.ts'
import { LOCKED_REQUIREMENTS } from '../../src/wrapped/locked-requirements.ts'
import { UV } from './project.ts'

function install(options: Partial<InstallOptions> = {}): Promise<string> {
  const env = environmentOfInstall({ ...process.env, UV_EXCLUDE_NEWER: '2015-01-01', UV_PYTHON: '3.8' })
  return installTool(tempDir(), { uv: UV, env, signal: new AbortController().signal, ...options })
}

describe('the environment of bump-my-version', () => {
  it('holds the locked packages and no others', async () => {
    const python = await install()
    const listed = execFileSync(UV, ['pip', 'freeze', '--python', python], {
      encoding: 'utf8',
      stdio: 'pipe',
    })
    const locked = LOCKED_REQUIREMENTS.trim()
      .split('\n')
      .filter(line => !line.includes("sys_platform == 'win32'"))
      .map(line => line.split(' ')[0])
    expect(listed.trim().split('\n')).toEqual(locked)
    expect(locked).toContain('bump-my-version==1.3.0')
  })

  it('is refused when a package is another one than was locked', async () => {
    const tampered = LOCKED_REQUIREMENTS.replace(/^click==.*$/m, line =>
      line.replace(/sha256:\w{64}/g, `sha256:${'0'.repeat(64)}`),
    )
    await expect(install({ requirements: tampered })).rejects.toThrow(
      /^BUMP_ENGINE: bump-my-version could not be installed \(uv pip install, exit 1\).*Hash mismatch for `click==/s,
    )
  })

  it('is refused when a package has no hash', async () => {
    const without = LOCKED_REQUIREMENTS.replace(/^click==(\S+).*$/m, 'click==$1')
    await expect(install({ requirements: without })).rejects.toThrow('all requirements must have a hash')
  })

  it('builds nothing, as a build fetches what no lock file names', async () => {
    const folder = tempDir()
    writeFiles(join(folder, 'demo-1.0'), { 'setup.py': 'from setuptools import setup\nsetup(name="demo")\n' })
    const archive = join(folder, 'demo-1.0.tar.gz')
    execFileSync('tar', ['-czf', archive, '-C', folder, 'demo-1.0'])
    const hash = createHash('sha256').update(readFileSync(archive)).digest('hex')
    await expect(
      install({ requirements: `demo @ file://${archive} --hash=sha256:${hash}\n` }),
    ).rejects.toThrow('Building source distributions for `demo` is disabled')
  })

  it('needs uv, and says where it comes from', async () => {
    await expect(install({ uv: 'uv', env: { PATH: tempDir() } })).rejects.toThrow(
      'BUMP_ENGINE: engine bump-my-version needs uv on PATH; run the set-up action before this step, or set engine: native',
    )
  })
})

describe('the lock file', () => {
  it('pins every package with hashes and names no index', () => {
    const lines = LOCKED_REQUIREMENTS.trim().split('\n')
    expect(
      lines.filter(line => !/^[\w-]+==[\w.]+( ; [^#]+?)?( --hash=sha256:[0-9a-f]{64})+$/.test(line)),
    ).toEqual([])
    expect(LOCKED_REQUIREMENTS).not.toMatch(/:\/\/|index/)
  })
})
