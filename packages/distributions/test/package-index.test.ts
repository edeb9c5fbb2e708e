import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type PypiServer, startPypiServer } from '@tokenledger/testkit'
import { compareWithIndex, indexDigests, type MeasuredFile, measureFile } from '../src/index.ts'
import { builtProject } from './support/built-project.ts'
import { builtFiles, PYPI_CACHE, uploadByTwine } from './support/index-lab.ts'

const WHEEL = 'token_ledger-1.2.3-py3-none-any.whl'
const SDIST = 'token_ledger-1.2.3.tar.gz'

const measured = (dist: string): Promise<MeasuredFile[]> =>
  Promise.all(builtFiles(dist).map(name => measureFile(join(dist, name))))

describe('a real index and the real twine', () => {
  let server: PypiServer
  let files: readonly MeasuredFile[] = []
  let changed: readonly MeasuredFile[] = []
  let dist = ''
  let changedDist = ''
  const digests = () => indexDigests({ name: 'Token_Ledger', indexUrl: server.simpleUrl, env: {} })
  const states = async (of: readonly MeasuredFile[]) =>
    compareWithIndex(of, await digests(), { mustBeThere: false }).map(({ name, state }) => [name, state])

  beforeAll(async () => {
    server = await startPypiServer({ cacheDirectory: PYPI_CACHE })
    dist = builtProject({ name: 'token-ledger' })
    changedDist = builtProject({ name: 'token-ledger', module: 'changed = True\n' })
    files = await measured(dist)
    changed = await measured(changedDist)
  })
  afterAll(() => server.close())

  // One story, told in order: an index only ever gains files.
  it('let a first upload, its repetition and a changed file of the same name be told apart', async () => {
    expect(await states(files)).toEqual([
      [WHEEL, 'absent'],
      [SDIST, 'absent'],
    ])

    expect(await uploadByTwine(dist, server)).toMatchObject({ exitCode: 0 })
    expect(await server.files()).toEqual([WHEEL, SDIST])
    expect(await digests()).toEqual(new Map(files.map(({ name, digest }) => [name, digest])))

    // twine knows no --skip-existing for other indexes than PyPI; the refusal is all that it learns of either.
    for (const folder of [dist, changedDist]) {
      const refused = await uploadByTwine(folder, server)
      expect(refused).toMatchObject({ exitCode: 1 })
      expect(refused.output).toContain('400 Bad Request')
    }
    expect(await states(files)).toEqual([
      [WHEEL, 'equal'],
      [SDIST, 'equal'],
    ])
    expect(await states(changed)).toEqual([
      [WHEEL, 'differs'],
      [SDIST, 'differs'],
    ])
  })
})

describe('an index with a token', () => {
  let server: PypiServer
  beforeAll(async () => {
    server = await startPypiServer({ cacheDirectory: PYPI_CACHE, token: 'pypi-s3cret' })
  })
  afterAll(() => server.close())

  it('takes uploads of who has it, refuses others, and lets anybody read', async () => {
    const dist = builtProject()
    const refused = await uploadByTwine(dist, { ...server, token: 'pypi-wrong' })
    expect(refused).toMatchObject({ exitCode: 1 })
    expect(refused.output).toContain('403 Forbidden')
    expect(await server.files()).toEqual([])
    expect(await uploadByTwine(dist, { ...server, token: 'pypi-s3cret' })).toMatchObject({ exitCode: 0 })
    const found = await indexDigests({ name: 'tokenledger', indexUrl: server.simpleUrl, env: {} })
    expect([...found.keys()].sort()).toEqual(builtFiles(dist))
  })
})
