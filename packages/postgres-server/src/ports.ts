import { execFile } from 'node:child_process'
import { type AddressInfo, createServer } from 'node:net'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Whether a port on loopback can be listened on. */
export async function isFree(port: number): Promise<boolean> {
  return (await tryListen(port)) !== undefined
}

/** A port that nobody listens on at the moment. */
export async function freePort(): Promise<number> {
  const port = await tryListen(0)
  if (port === undefined) throw new Error('this computer has no free port')
  return port
}

function tryListen(port: number): Promise<number | undefined> {
  return new Promise(resolve => {
    const server = createServer()
    server.once('error', () => resolve(undefined))
    server.listen(port, '127.0.0.1', () => {
      const { port: bound } = server.address() as AddressInfo
      server.close(() => resolve(bound))
    })
  })
}

/** Who listens on a port, such as `postgres (process 812)`; undefined when the system does not tell. */
export async function listenerOf(port: number): Promise<string | undefined> {
  try {
    const { stdout } = await run('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'])
    const [, pid, command] = /^p(\d+)\n(?:.*\n)*?c(.+)$/m.exec(stdout) ?? []
    return pid && `${command} (process ${pid})`
  } catch {
    return undefined
  }
}
