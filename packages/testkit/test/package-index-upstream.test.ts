import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { tempDir } from '@tokenledger/testkit'
import { findUpstream } from '../src/package-index.ts'

describe('the upstream', () => {
  const none = { PATH: process.env.PATH }

  it('is taken from the variables of uv and pip, in this order', async () => {
    const env = { ...none, PIP_INDEX_URL: 'http://pip/', UV_INDEX_URL: 'http://old/' }
    expect(await findUpstream({ ...env, UV_DEFAULT_INDEX: 'http://uv/' })).toBe('http://uv/')
    expect(await findUpstream(env)).toBe('http://old/')
    expect(await findUpstream({ ...none, PIP_INDEX_URL: 'http://pip/' })).toBe('http://pip/')
  })

  it("is what pip's configuration file says", async () => {
    const file = join(tempDir(), 'pip.conf')
    writeFileSync(file, '[global]\nindex-url = http://company.test/simple/\n')
    expect(await findUpstream({ ...none, PIP_CONFIG_FILE: file })).toBe('http://company.test/simple/')
  })

  it("is pip's own default when nothing is set", async () => {
    expect(await findUpstream({ ...none, PIP_CONFIG_FILE: '/dev/null' })).toMatch(/^https:\/\/.+\/simple/)
  })

  it('without variables and without Python names the variable to set', async () => {
    await expect(findUpstream({ PATH: tempDir() })).rejects.toThrow('Set UV_DEFAULT_INDEX to your index.')
  })
})
