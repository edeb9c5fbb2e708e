import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { tempDir } from '@tokenledger/testkit'
import { runStandIn, STAND_INS } from './run-stand-in.ts'

interface WantedVersion {
  accepts(wanted: string, installed: string): boolean
  versionIn(name: string, text: string): string
}
const { accepts, versionIn }: WantedVersion = await import(
  join(STAND_INS, 'actions/setup-node/wanted-version.mjs')
)

const setup = (inputs: Record<string, string>, workspace = tempDir()) =>
  runStandIn('actions/setup-node', { inputs, workspace })

describe('the version', () => {
  it.each([
    ['24', true],
    ['v24.1.0', true],
    ['24.x', true],
    ['^24.3', true],
    ['~24.3.1', true],
    ['>=20', true],
    ['>=20 <25', true],
    ['^20.19.0 || >=22.12.0', true],
    ['lts/*', true],
    ['latest', true],
    ['*', true],
    ['20', false],
    ['^22.12.0', false],
    ['<24', false],
    ['>=20 <24.0.0', false],
    ['>=25', false],
  ])('%s against v24.21.0 is %s', (wanted, expected) => {
    expect(accepts(wanted, 'v24.21.0')).toBe(expected)
  })

  it.each([
    ['.nvmrc', 'v22.12.0\n', '22.12.0'],
    ['.node-version', '# ours\n20\n', '20'],
    ['.tool-versions', 'python 3.12\nnodejs 24.1.0\n', '24.1.0'],
    ['package.json', '{"engines": {"node": ">=22"}}', '>=22'],
    ['package.json', '{"volta": {"node": "20.1.0"}, "engines": {"node": ">=22"}}', '20.1.0'],
    ['package.json', '{"devEngines": {"runtime": {"name": "node", "version": "^24"}}}', '^24'],
    ['package.json', '{}', ''],
  ])('in %s (%j) is %j', (name, text, version) => {
    expect(versionIn(name, text)).toBe(version)
  })
})

describe('the action', () => {
  it('takes the Node on PATH and reports it', async () => {
    const { exitCode, outputs, annotations } = await setup({ 'node-version': '24', cache: 'npm' })
    expect([exitCode, annotations]).toEqual([0, []])
    expect(outputs).toEqual({ 'node-version': process.version, 'cache-hit': 'false' })
  })

  it('says in a notice when another major was asked for', async () => {
    const { exitCode, annotations } = await setup({ 'node-version': '18' })
    expect(exitCode).toBe(0)
    expect(annotations).toEqual([
      `notice: Node 18 was asked for; this run without GitHub uses the ${process.version} of this computer.`,
    ])
  })

  it('reads a version file below the workspace, and fails when there is none', async () => {
    const workspace = tempDir()
    writeFileSync(join(workspace, '.nvmrc'), '16\n')
    expect((await setup({ 'node-version-file': '.nvmrc' }, workspace)).annotations.join()).toContain(
      'Node 16',
    )
    const missing = await setup({ 'node-version-file': '.node-version' }, workspace)
    expect([missing.exitCode, missing.annotations.join()]).toEqual([
      1,
      expect.stringContaining('does not exist'),
    ])
  })

  it('refuses a package manager that the action does not know', async () => {
    const { exitCode, annotations } = await setup({ cache: 'bun' })
    expect([exitCode, annotations]).toEqual([1, ['error: Input cache is "bun"; allowed: npm, yarn, pnpm.']])
  })
})
