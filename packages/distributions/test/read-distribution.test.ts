import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { parseVersion, type Version } from '@tokenledger/versioning'
import { readDistribution, versionProblems } from '../src/index.ts'
import { builtProject } from './support/built-project.ts'

describe('what uv and hatchling build of a prerelease in semver spelling', () => {
  let dist = ''
  beforeAll(() => {
    dist = builtProject({ version: '1.0.0-alpha.1' })
  })

  it('is read as wheel and sdist with the spelling of its metadata', async () => {
    const names = readdirSync(dist).filter(name => !name.startsWith('.'))
    const read = await Promise.all(names.sort().map(name => readDistribution(join(dist, name))))
    const same = { name: 'tokenledger', version: '1.0.0-alpha.1' }
    expect(read).toEqual([
      { file: 'tokenledger-1.0.0a1-py3-none-any.whl', kind: 'wheel', ...same },
      { file: 'tokenledger-1.0.0a1.tar.gz', kind: 'sdist', ...same },
    ])
    const tagged = { tag: 'v1.0.0a1', version: parseVersion('1.0.0a1') as Version }
    expect(
      versionProblems(
        tagged,
        read.filter(found => found !== undefined),
      ),
    ).toEqual([])
  })
})
