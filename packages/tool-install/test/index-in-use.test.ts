import { devNull } from 'node:os'
import { describe, expect, it } from '@jest/globals'
import { indexInUse } from '../src/index.ts'

const env = { PATH: process.env.PATH, PIP_CONFIG_FILE: devNull }

describe('the index that a machine installs from', () => {
  it('is pip’s own default when none is set', async () => {
    const { url } = await indexInUse({ env, os: 'linux' })
    expect(url).toMatch(/^https:\/\/[^/]+\/simple$/)
  })

  it('is the one that is set, its password apart', async () => {
    const set = { ...env, PIP_INDEX_URL: 'https://robot:s3cret@packages.example.com/simple/' }
    expect(await indexInUse({ env: set, os: 'linux' }, ['no-python'])).toMatchObject({
      url: 'https://packages.example.com/simple',
    })
  })

  it('is asked of the next Python when the first has no pip', async () => {
    const { url } = await indexInUse({ env, os: 'linux' }, ['no-such-python', 'python3'])
    expect(url).toMatch(/\/simple$/)
    await expect(indexInUse({ env, os: 'linux' }, ['no-such-python'])).rejects.toThrow(
      'no package index is configured, and pip tells no default: pip did not start',
    )
  })
})
