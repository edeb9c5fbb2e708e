import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from '@jest/globals'
import { startPackageIndex } from '../src/package-index.ts'

const PROGRAM = fileURLToPath(new URL('../src/package-index-server.ts', import.meta.url))

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

function start(port: string, env: Record<string, string> = {}) {
  const clean = { PATH: process.env.PATH, UV_DEFAULT_INDEX: 'none', ...env }
  const child = spawn(process.execPath, [PROGRAM, port], { env: clean, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = once(child, 'exit')
  // A gentle end, so that it removes its temporary folder.
  cleanUps.push(() => {
    child.kill('SIGTERM')
    return ended
  })
  const line = (stream: typeof child.stdout) =>
    once(createInterface(stream), 'line').then(([text]) => text as string)
  return { child, ended, said: () => line(child.stdout), complained: () => line(child.stderr) }
}

describe('the package index as a program', () => {
  it('says where it listens and ends with code 0 on a signal', async () => {
    const { child, ended, said } = start('0')
    const [, url = ''] = /(http:\/\/127\.0\.0\.1:\d+\/simple\/)/.exec(await said()) ?? []
    expect((await fetch(url)).status).toBe(200)
    child.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
  })

  it('says what to do when its port is in use', async () => {
    const other = await startPackageIndex({ upstream: 'none' })
    cleanUps.push(() => other.close())
    const { port } = new URL(other.origin)
    const { ended, complained } = start(port)
    expect(await complained()).toBe(`Port ${port} is in use; stop the other program or give another port.`)
    expect(await ended).toEqual([1, null])
  })

  it('asks its upstream through the proxy of this computer', async () => {
    const asked: string[] = []
    const proxy = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.writeHead(200, { 'content-type': 'text/html' })
      response.end('<a href="/demo-1.0-py3-none-any.whl">demo-1.0-py3-none-any.whl</a>')
    })
    await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve))
    cleanUps.push(() => proxy.close())
    const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
    const { said } = start('0', { HTTP_PROXY: address, UV_DEFAULT_INDEX: 'http://index.test/simple/' })
    const [, url = ''] = /(http:\S+)/.exec(await said()) ?? []
    expect(await (await fetch(`${url}demo/`)).text()).toContain('demo-1.0-py3-none-any.whl')
    expect(asked).toEqual(['http://index.test/simple/demo/'])
  })
})
