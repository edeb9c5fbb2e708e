import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from '@jest/globals'
import { http } from '@tokenledger/kit'
import {
  type PypiServer,
  type PypiServerOptions,
  pinnedPython,
  startPypiServer,
  tempDir,
} from '../src/index.ts'

const cacheDirectory = join(tmpdir(), 'tokenledger-test-pypi')
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

function upload(server: PypiServer, name: string, content: string, password?: string): Promise<Response> {
  const form = new FormData()
  form.set(':action', 'file_upload')
  form.set('content', new Blob([content]), name)
  const login = `Basic ${Buffer.from(`__token__:${password}`).toString('base64')}`
  const headers = password === undefined ? undefined : { authorization: login }
  return fetch(server.url, { method: 'POST', body: form, ...(headers ? { headers } : {}) })
}

const isUp = ({ url }: Pick<PypiServer, 'url'>) =>
  http.text(url).then(
    () => true,
    () => false,
  )

describe('pypiserver on loopback', () => {
  it('starts empty and knows no project, nor sends anybody elsewhere', async () => {
    const server = await started()
    expect(await server.files()).toEqual([])
    await expect(http.text(`${server.simpleUrl}tokenledger/`)).rejects.toThrow('HTTP 404')
  })

  it('takes a file once, and lists it with its SHA-256', async () => {
    const server = await started()
    expect((await upload(server, 'demo-1.0.tar.gz', 'first')).status).toBe(200)
    expect((await upload(server, 'demo-1.0.tar.gz', 'second')).status).toBe(409)
    expect(await server.files()).toEqual(['demo-1.0.tar.gz'])
    const sha256 = 'a7937b64b8caa58f03721bb6bacf5c78cb235febe0e70b1b84cd99541461a08e'
    expect(await http.text(`${server.simpleUrl}demo/`)).toContain(`demo-1.0.tar.gz#sha256=${sha256}`)
  })

  it('takes files only with the token when it has one', async () => {
    const server = await started({ token: 'pypi-s3cret' })
    expect((await upload(server, 'demo-1.0.tar.gz', 'x')).status).toBe(401)
    expect((await upload(server, 'demo-1.0.tar.gz', 'x', 'wrong')).status).toBe(403)
    expect((await upload(server, 'demo-1.0.tar.gz', 'x', 'pypi-s3cret')).status).toBe(200)
  })

  it('is gone after close, and closed twice without harm', async () => {
    const server = await started()
    expect(await isUp(server)).toBe(true)
    await server.close()
    await server.close()
    expect(await isUp(server)).toBe(false)
  })

  it('ends with a process that was killed and could not close it', async () => {
    const python = await pinnedPython({
      name: 'pypiserver',
      requirements: join(import.meta.dirname, '../src/pypi-server/requirements.txt'),
      cacheDirectory,
    })
    const serve = join(import.meta.dirname, '../src/pypi-server/serve.py')
    const starter = `
      const { spawn } = require('node:child_process')
      const child = spawn(${JSON.stringify(python)}, ['-I', ${JSON.stringify(serve)}, '.', '.'])
      child.stdout.pipe(process.stdout)`
    const parent = spawn(process.execPath, ['-e', starter], { cwd: tempDir('orphan-') })
    const [port] = await once(parent.stdout, 'data')
    const server = { url: `http://127.0.0.1:${Number(port)}/` }
    expect(await isUp(server)).toBe(true)
    parent.kill('SIGKILL')
    await once(parent, 'exit')
    for (let tries = 0; tries < 500 && (await isUp(server)); tries++) await sleep(20)
    expect(await isUp(server)).toBe(false)
  })
})

describe('a Python with pinned packages', () => {
  it('is left nowhere when a package cannot be had', async () => {
    const cache = tempDir('pinned-')
    const requirements = join(cache, 'requirements.txt')
    writeFileSync(requirements, `pypiserver==2.4.1 --hash=sha256:${'0'.repeat(64)}\n`)
    const cacheDirectory = join(cache, 'made')
    await expect(pinnedPython({ name: 'demo', requirements, cacheDirectory })).rejects.toThrow(
      /^demo could not be installed\. Check your network.*THESE PACKAGES DO NOT MATCH THE HASHES/s,
    )
    expect(readdirSync(cacheDirectory)).toEqual([])
  })
})
