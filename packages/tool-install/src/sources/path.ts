import { accessSync, constants, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { exec } from '@tokenledger/kit'
import { SourceFailure } from '../failures.ts'
import type { Order } from '../order.ts'
import { executable, type Platform } from '../platform.ts'
import { answers } from '../specifier.ts'
import type { Found } from './found.ts'

/** The first uv on PATH, when it answers the request; `latest` has to be known for that, anything else costs no network. */
export async function fromPath(order: Order): Promise<Found> {
  const { env, platform } = order.around
  const path = onPath(env, platform)
  if (!path) throw new SourceFailure('no uv there')
  const asked = await exec(path, ['--version']).catch(() => undefined)
  const version = /^uv (\d+\.\d+\.\d+\S*)/.exec(asked?.stdout ?? '')?.[1]
  if (!version) throw new SourceFailure(`${path} does not tell its version`)
  const newest = order.wish.kind === 'latest' ? (await order.version()).version : undefined
  if (!answers(order.wish, version, newest)) throw new SourceFailure(`it has uv ${version}`)
  return { version, path, reason: order.request.reason, bytes: 0 }
}

/** Absolute path of the first executable uv on PATH. */
export function onPath(env: NodeJS.ProcessEnv, platform: Pick<Platform, 'os'>): string | undefined {
  const isWindows = platform.os === 'win32'
  // Windows reads variable names in any case; a copy of its environment does not.
  const name = Object.keys(env).find(key => (isWindows ? key.toUpperCase() : key) === 'PATH')
  const directories = (name ? (env[name] ?? '') : '').split(isWindows ? ';' : ':').filter(Boolean)
  return directories.map(directory => resolve(directory, executable('uv', platform))).find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
