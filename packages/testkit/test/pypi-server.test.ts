import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from '@jest/globals'
import { http } from '@tokenledger/kit'
import { type PypiServer, type PypiServerOptions, startPypiServer } from '../src/index.ts'

const servers: PypiServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map(server => server.close()))
})

async function started(options: Partial<PypiServerOptions> = {}): Promise<PypiServer> {
  const server = await startPypiServer({
    cacheDirectory: join(tmpdir(), 'tokenledger-test-pypi'),
    ...options,
  })
  servers.push(server)
  return server
}

describe('pypiserver on loopback', () => {
  it('starts empty and knows no project, nor sends anybody elsewhere', async () => {
    const server = await started()
    expect(await server.files()).toEqual([])
    await expect(http.text(`${server.simpleUrl}tokenledger/`)).rejects.toThrow('HTTP 404')
  })
})
