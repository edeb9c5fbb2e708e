import { describe, expect, it } from '@jest/globals'
import { reasonsOf, valuesOf } from './project-in.ts'

const manifest = (more: object = {}) => JSON.stringify({ scripts: { build: 'vite build' }, ...more })

describe('the dashboard', () => {
  it('is the one with the usual name when there are several, and the others are named', async () => {
    const files = { 'docs/package.json': manifest(), 'apps/frontend/package.json': manifest() }
    expect((await valuesOf(files))['dashboard-directory']).toBe('apps/frontend')
    expect((await reasonsOf(files))['dashboard-directory']).toBe(
      'package.json with a build script; not taken: docs',
    )
    expect((await valuesOf(files, { dashboardDirectory: 'docs' }))['dashboard-directory']).toBe('docs')
  })

  it('may be the project itself', async () => {
    expect(await valuesOf({ 'package.json': manifest(), 'yarn.lock': '' })).toMatchObject({
      'dashboard-directory': '.',
      'dashboard-package-manager': 'yarn',
    })
    expect(
      (await valuesOf({ 'package.json': manifest() }, { dashboardDirectory: '.' }))['has-dashboard'],
    ).toBe(true)
  })

  it('needs a build script', async () => {
    const files = {
      'web/package.json': JSON.stringify({ scripts: { lint: 'x' } }),
      'ui/package.json': '{ broken',
    }
    expect((await valuesOf(files))['has-dashboard']).toBe(false)
    expect((await reasonsOf(files))['has-dashboard']).toBe(
      'no build script in ui/package.json, web/package.json',
    )
    expect((await reasonsOf(files, { dashboardDirectory: 'web' }))['has-dashboard']).toBe(
      'web/package.json has no build script',
    )
  })

  it('is built by the package manager of its lock, also of a lock at the top', async () => {
    expect(await valuesOf({ 'web/package.json': manifest(), 'pnpm-lock.yaml': '' })).toMatchObject({
      'dashboard-package-manager': 'pnpm',
      'dashboard-lock-file': 'pnpm-lock.yaml',
    })
    expect(await valuesOf({ 'web/package.json': manifest({ packageManager: 'yarn@4.1.0' }) })).toMatchObject({
      'dashboard-package-manager': 'yarn',
      'dashboard-lock-file': '',
    })
  })

  it('runs on the Node that it asks for', async () => {
    const files = { 'web/package.json': manifest({ engines: { node: '>=20' } }) }
    expect((await valuesOf(files))['dashboard-node-version']).toBe('>=20')
    expect((await valuesOf({ ...files, '.nvmrc': 'v22\n' }))['dashboard-node-version']).toBe('v22')
    expect((await valuesOf({ ...files, 'web/.nvmrc': '24\r\n' }))['dashboard-node-version']).toBe('24')
  })

  it('writes where its bundler says', async () => {
    const vite = "export default { build: { outDir: './public/app/' } }"
    const output = async (files: Record<string, string>) => (await valuesOf(files))['dashboard-output']
    expect(await output({ 'web/package.json': manifest(), 'web/vite.config.ts': vite })).toBe('public/app')
    expect(await output({ 'web/package.json': manifest({ dependencies: { 'react-scripts': '5' } }) })).toBe(
      'build',
    )
    expect(await output({ 'web/package.json': manifest() })).toBe('dist')
  })
})
