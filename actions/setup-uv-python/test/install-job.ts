import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach } from '@jest/globals'
import { type Machine, startMachine } from './machine.ts'

export const INSTALLED = 'import importlib.metadata as m; print(*sorted(d.name for d in m.distributions()))'

export let machine: Machine
/** One uv cache for all tests here, so that each wheel is fetched once; its path has a space in it. */
export let env: Record<string, string>

beforeAll(async () => {
  machine = await startMachine('Größe und Maß')
  env = { UV_CACHE_DIR: join(machine.temp, '..', 'uv cache') }
}, 120_000)
afterAll(() => machine.close())
beforeEach(() => {
  for (const name of readdirSync(machine.workspace))
    rmSync(join(machine.workspace, name), { recursive: true })
  machine.newJob()
})

export const shape = {
  extras: { server: ['packaging'], all: ['ledger-demo[server]'] },
  groups: { dev: ['pluggy'], docs: ['colorama'] },
}
