import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { BREAKS, type RequestHook } from '@tokenledger/testkit'
import { type ProtectLab, protectLab } from './protect-lab.ts'

const SCRIPT = new URL('./protect-process.ts', import.meta.url).pathname
let here: ProtectLab

beforeEach(async () => {
  here = await protectLab()
})
afterEach(async () => {
  await here.github.close()
  expect(here.github.violations).toEqual([])
})

/** Starts `protect --apply`, and kills it when its n-th write has had its effect. */
async function killedAfterWrite(n: number): Promise<unknown> {
  const child = spawn(process.execPath, [SCRIPT, '--apply'], {
    cwd: here.checkout.path,
    env: { ...process.env, ...here.env },
    stdio: 'ignore',
  })
  let writes = 0
  const kill: RequestHook = async ({ operation, phase }) => {
    if (phase !== 'after' || operation.startsWith('GET') || ++writes < n) return undefined
    child.kill('SIGKILL')
    await once(child, 'exit')
    return BREAKS.reset
  }
  const end = here.github.onRequest(kill)
  const [code, signal] = await once(child, 'close')
  end()
  return signal ?? code
}

it.each([1, 2, 3, 4])(
  'a run that is killed after write %d is run again, and makes nothing twice',
  async n => {
    expect(await killedAfterWrite(n)).toBe('SIGKILL')
    expect(here.writes()).toHaveLength(n)
    expect((await here.run('--apply')).code).toBe(0)
    expect(here.writes()).toHaveLength(4)
    expect(here.github.rulesets.map(({ name }) => name)).toEqual([
      'tokenledger-actions: release tags',
      'tokenledger-actions: default branch',
    ])
    expect((await here.run()).code).toBe(0)
  },
)
