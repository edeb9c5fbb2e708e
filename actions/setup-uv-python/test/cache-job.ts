import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals'
import { type BundleRun, type ResultsService, startResultsService } from '@tokenledger/testkit'
import { type Machine, startMachine } from './machine.ts'

export let machine: Machine
export let service: ResultsService
/** Dependencies alone: nothing has to be built, so the runs are short. */
export const inputs = { project: 'none', groups: 'none' }
export const KEY = /^tls1-[a-z0-9.]+-(?:x64|arm64)(?:-musl)?-py3\.11-[0-9a-f]{12}-[0-9a-f]{16}$/
export const READ_ONLY = 'Cache not saved: the token of this run may not write (pull request from a fork).'

beforeAll(async () => {
  machine = await startMachine('Mein Gerät')
}, 120_000)
afterAll(() => machine.close())
beforeEach(async () => {
  service = await startResultsService()
  machine.newJob()
  machine.project({ dependencies: ['iniconfig', 'packaging'] })
  machine.lock()
})
afterEach(() => service.close())

export const run = (
  env: Record<string, string> = {},
  more: Record<string, string> = {},
): Promise<BundleRun> => machine.run({ ...inputs, ...more }, { ...service.env, ...env })
/** With UV_OFFLINE an install succeeds only from the cache. */
export const offline = { UV_OFFLINE: '1' }
export const messages = ({ annotations }: BundleRun) =>
  annotations.map(({ level, message }) => `${level}: ${message}`)
export const fillCache = async (more: Record<string, string> = {}): Promise<BundleRun> => {
  const cold = await run({}, more)
  expect(messages(cold)).toEqual([])
  expect(service.caches.map(({ state }) => state)).toEqual(['saved'])
  machine.newJob()
  return cold
}
