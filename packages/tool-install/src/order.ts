import { githubOf, mirrorOf } from './artifact.ts'
import type { Endpoint } from './endpoint.ts'
import { configuredIndex } from './package-index.ts'
import { detectPlatform, type Platform } from './platform.ts'
import type { UvRequest, UvSource } from './request.ts'
import { parseSpecifier, type VersionRequest } from './specifier.ts'
import type { Limits } from './transfer.ts'
import { type ChosenVersion, chooseVersion } from './version.ts'

/** What an installation depends on besides the request. */
export interface Surroundings {
  readonly env: NodeJS.ProcessEnv
  readonly platform: Platform
  readonly limits: Limits
  /** Host of Astral's original manifest. */
  readonly manifestHost: string
}

export function surroundingsOf(env: NodeJS.ProcessEnv): Surroundings {
  return {
    env,
    platform: detectPlatform(),
    limits: { connectMs: 5000, stallMs: 10_000 },
    manifestHost: 'https://raw.githubusercontent.com',
  }
}

/** One request with all that its sources share; version and index are found out once, when the first source asks. */
export interface Order {
  readonly request: UvRequest
  readonly wish: VersionRequest
  readonly around: Surroundings
  /** The sources that take part: a mirror of the user's own replaces GitHub, as it does for uv itself. */
  readonly sources: readonly UvSource[]
  readonly mirror: Endpoint
  readonly github: Endpoint
  readonly version: () => Promise<ChosenVersion>
  readonly index: () => Promise<Endpoint | undefined>
}

export function place(request: UvRequest, around: Surroundings): Order {
  const mirror = mirrorOf(request.mirror, around.env)
  const replacesGithub = mirror.isCustom && request.sources.includes('mirror')
  const { env, platform } = around
  const order: Order = {
    request,
    wish: parseSpecifier(request),
    around,
    sources: request.sources.filter(source => !(replacesGithub && source === 'github')),
    mirror: mirror.endpoint,
    github: githubOf(env),
    version: once(() => chooseVersion(order)),
    index: once(() =>
      configuredIndex({ env, os: platform.os, ...(request.python ? { python: request.python } : {}) }),
    ),
  }
  return order
}

/** What a message calls the package index. */
export async function indexLabel({ index }: Order): Promise<string> {
  const configured = await index().catch(() => undefined)
  return configured?.host ?? 'PyPI'
}

function once<T>(find: () => Promise<T>): () => Promise<T> {
  let found: Promise<T> | undefined
  return () => {
    found ??= find()
    return found
  }
}
