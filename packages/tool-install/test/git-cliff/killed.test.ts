import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from '@jest/globals'
import { installBuild } from '../../src/git-cliff/install-git-cliff.ts'
import { closeServers, serve, stalling } from '../support/server.ts'
import { removeFolders } from '../support/situation.ts'
import { buildOf, npmTarball, runner, TARBALL } from './situation.ts'

afterEach(async () => {
  await closeServers()
  removeFolders()
})

describe('an installer of git-cliff that is killed in the middle of a download', () => {
  it('leaves nothing that counts, and the next one succeeds', async () => {
    const tarball = npmTarball()
    const build = buildOf(tarball)
    const half = Promise.withResolvers<void>()
    const slow = await serve({ [TARBALL]: stalling(tarball, () => half.resolve()) })
    const { env, place } = runner([], { npm_config_registry: slow.url })
    const program = join(import.meta.dirname, 'install.ts')
    const child = spawn(process.execPath, [program, JSON.stringify({ build, env })], { stdio: 'ignore' })
    try {
      await half.promise
      while (!existsSync(place)) await sleep(20)
    } finally {
      child.kill('SIGKILL')
      await once(child, 'close')
    }
    expect(readdirSync(place).filter(name => !name.startsWith('.'))).toEqual([])

    const server = await serve({ [TARBALL]: tarball })
    expect(await installBuild(build, { ...env, npm_config_registry: server.url })).toMatchObject({
      source: 'npm',
    })
  })
})
