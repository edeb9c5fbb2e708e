import { describe, expect, it } from '@jest/globals'
import { runRedacted } from '../../src/command/run-redacted.ts'

const SECRET = 'Pa:ss/w#rd'

function run(program: string, changes: Partial<Parameters<typeof runRedacted>[2]> = {}) {
  const lines: string[] = []
  const running = runRedacted(process.execPath, ['-e', program], {
    cwd: '.',
    env: { PATH: process.env.PATH ?? '' },
    redact: text => text.replaceAll(SECRET, '***'),
    onLine: line => lines.push(line),
    signal: new AbortController().signal,
    ...changes,
  })
  return { running, lines }
}

describe('a child', () => {
  it('hands on its lines without the secret, also when that comes in two pieces or without a line end', async () => {
    const { running, lines } = run(`
      process.stdout.write('a Pa:s')
      setTimeout(() => { process.stdout.write('s/w#rd b\\r\\nc\\n'); process.stderr.write('end Pa:ss/w#rd'); process.exitCode = 3 }, 100)`)
    const { exitCode, lines: kept } = await running
    expect(lines.sort()).toEqual(['a *** b', 'c', 'end ***'])
    expect([exitCode, [...kept].sort()]).toEqual([3, ['a *** b', 'c', 'end ***']])
  })

  it('has no standard input and only the environment that it is given', async () => {
    const { running, lines } = run(`
      process.stdin.on('end', () => console.log(Object.keys(process.env).join())).resume()`)
    await running
    expect(lines).toEqual(['PATH'])
  })

  it('that is no program fails', async () => {
    const options = {
      cwd: '.',
      env: {},
      redact: String,
      onLine: () => {},
      signal: new AbortController().signal,
    }
    await expect(runRedacted('/no/program', [], options)).rejects.toThrow('ENOENT')
  })

  it.each([
    [
      'a signal that it heeds',
      `process.on('SIGINT', () => { console.log('SIGINT'); process.exit(7) })`,
      ['ready', 'SIGINT'],
      7,
    ],
    [
      'SIGTERM when it ignores the first',
      `process.on('SIGINT', () => console.log('SIGINT')); process.on('SIGTERM', () => { console.log('SIGTERM'); process.exit(8) })`,
      ['ready', 'SIGINT', 'SIGTERM'],
      8,
    ],
    [
      'force when it ignores both',
      `process.on('SIGINT', () => {}); process.on('SIGTERM', () => {})`,
      ['ready'],
      1,
    ],
  ])('is ended by %s', async (_name, handlers, said, code) => {
    const cancel = new AbortController()
    const lines: string[] = []
    const { running } = run(`${handlers}; setInterval(() => {}, 1000); console.log('ready')`, {
      signal: cancel.signal,
      graceMs: 150,
      onLine: line => {
        lines.push(line)
        cancel.abort()
      },
    })
    expect([(await running).exitCode, lines]).toEqual([code, said])
  })

  it('takes its own children with it when it is ended', async () => {
    const cancel = new AbortController()
    let pid = 0
    const { running } = run(
      `const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']); console.log(child.pid); setInterval(() => {}, 1000)`,
      {
        signal: cancel.signal,
        onLine: line => {
          pid = Number(line)
          cancel.abort()
        },
      },
    )
    await running
    expect(pid).toBeGreaterThan(0)
    await expect(gone(pid)).resolves.toBe(true)
  })
})

async function gone(pid: number): Promise<boolean> {
  for (let attempt = 0; attempt < 100; attempt++) {
    try {
      process.kill(pid, 0)
    } catch {
      return true
    }
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  return false
}
