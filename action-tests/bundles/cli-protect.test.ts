import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { type ProtectLab, protectLab } from '../../packages/cli/test/protect/protect-lab.ts'
import { root } from '../../packages/tools/src/repository.ts'

const PROGRAM = join(root, 'dist/cli/index.js')
let here: ProtectLab

beforeEach(async () => {
  here = await protectLab()
})
afterEach(async () => {
  await here.github.close()
  expect(here.github.violations).toEqual([])
})

/** The built `tokenledger-actions protect` in the checkout, as `npx` starts it. */
async function protect(...args: readonly string[]) {
  const child = spawn(process.execPath, [PROGRAM, 'protect', ...args], {
    cwd: here.checkout.path,
    // npm says there where it was started, which is not the checkout.
    env: { ...process.env, ...here.env, INIT_CWD: undefined },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close')
  const [printed, said] = await Promise.all([text(child.stdout), text(child.stderr)])
  const [code] = await ended
  return { code, printed, said }
}

it('the built protect plans, applies, and has nothing to do then', async () => {
  const planned = await protect()
  expect(planned).toMatchObject({ code: 1, said: '' })
  expect(planned.printed).toMatch(/^check {3}ci \/ gate \(\.github\/workflows\/ci\.yml\)$/m)
  expect(here.writes()).toEqual([])
  expect(await protect('--apply')).toMatchObject({ code: 0, printed: expect.stringContaining('Done: ') })
  const writes = here.writes().length
  expect(await protect()).toMatchObject({ code: 0, printed: expect.stringContaining('Nothing to do') })
  expect(here.writes()).toHaveLength(writes)
})

it('the built protect says in one sentence that a token may not administer', async () => {
  here.github.settings.permissions = { contents: 'write' }
  const { code, printed, said } = await protect('--apply')
  expect([code, printed]).toEqual([2, ''])
  expect(said).toMatch(/^PROTECT_NOT_ADMINISTRATOR: 403 from GET .*Administration: read and write.*\n$/)
  expect(here.writes()).toEqual([])
})
