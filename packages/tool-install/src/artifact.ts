import { UserError } from '@tokenledger/kit'
import { type Endpoint, parseEndpoint } from './endpoint.ts'
import type { Platform } from './platform.ts'

/** Astral's own mirror of its releases. */
export const ASTRAL_MIRROR = 'https://releases.astral.sh'
const GITHUB = 'https://github.com'

/** Name of the release archive of uv for a platform. */
export function archiveName({ os, triple }: Platform): string {
  return `uv-${triple}.${os === 'win32' ? 'zip' : 'tar.gz'}`
}

/** Where a mirror in the layout of releases.astral.sh keeps an archive. */
export function mirrorUrl(mirror: string, version: string, platform: Platform): string {
  return `${mirror}/github/uv/releases/download/${version}/${archiveName(platform)}`
}

/** Where GitHub, or a GitHub Enterprise Server with a copy of the repository, keeps an archive. */
export function githubUrl(base: string, version: string, platform: Platform): string {
  return `${base}/astral-sh/uv/releases/download/${version}/${archiveName(platform)}`
}

/** The mirror to ask: input, then uv's own variable, then Astral. A set one replaces GitHub too, as it does for uv. */
export function mirrorOf(
  input: string | undefined,
  env: NodeJS.ProcessEnv,
): { readonly endpoint: Endpoint; readonly isCustom: boolean } {
  const given = input || env.UV_ASTRAL_MIRROR_URL
  const endpoint = parseEndpoint(given || ASTRAL_MIRROR)
  if (endpoint) return { endpoint, isCustom: Boolean(given) }
  throw new UserError(
    `The mirror in ${input ? 'input uv-mirror' : 'UV_ASTRAL_MIRROR_URL'} is not an HTTP address; give one like ${ASTRAL_MIRROR}.`,
  )
}

/** GitHub's base, by the variables of uv's own installer. */
export function githubOf(env: NodeJS.ProcessEnv): Endpoint {
  const endpoint = parseEndpoint(env.UV_INSTALLER_GITHUB_BASE_URL || env.UV_INSTALLER_GHE_BASE_URL || GITHUB)
  if (endpoint) return endpoint
  throw new UserError(
    `UV_INSTALLER_GITHUB_BASE_URL or UV_INSTALLER_GHE_BASE_URL is not an HTTP address; give one like ${GITHUB}.`,
  )
}

/** The platform tag of a wheel of uv (`win_amd64`, `manylinux_2_17_x86_64.manylinux2014_x86_64`); undefined for other files. */
export function wheelTag(filename: string, version: string): string | undefined {
  const start = `uv-${version}-py3-none-`
  return filename.startsWith(start) && filename.endsWith('.whl')
    ? filename.slice(start.length, -4)
    : undefined
}

/**
 * How well a wheel's platform tag fits: 0 best, undefined not at all. Of two Linux wheels the one for the older C library
 * is better, since it runs everywhere.
 */
export function rankOf(tag: string, platform: Platform): number | undefined {
  const rank = acceptedTags(platform).findIndex(accepted => tag.split('.').some(part => accepted.test(part)))
  return rank < 0 ? undefined : rank
}

/** The best wheel of `version` for the platform among files of an index or of a lock. */
export function chooseWheel<T extends { readonly filename: string }>(
  files: readonly T[],
  version: string,
  platform: Platform,
): T | undefined {
  const ranked = files.flatMap(file => {
    const tag = wheelTag(file.filename, version)
    const rank = tag === undefined ? undefined : rankOf(tag, platform)
    return rank === undefined ? [] : [{ file, rank }]
  })
  return ranked.sort((a, b) => a.rank - b.rank)[0]?.file
}

function acceptedTags({ os, arch, libc }: Platform): readonly RegExp[] {
  const machine = arch === 'x64' ? 'x86_64' : 'aarch64'
  if (os === 'win32') return [arch === 'x64' ? /^win_amd64$/ : /^win_arm64$/]
  if (os === 'darwin') {
    return [
      new RegExp(`^macosx_\\d+_\\d+_${arch === 'x64' ? 'x86_64' : 'arm64'}$`),
      /^macosx_\d+_\d+_universal2$/,
    ]
  }
  if (libc === 'musl')
    return [new RegExp(`^musllinux_1_1_${machine}$`), new RegExp(`^musllinux_1_2_${machine}$`)]
  return [
    new RegExp(`^manylinux(2014|_2_17)_${machine}$`),
    new RegExp(`^manylinux_2_2\\d_${machine}$`), // glibc 2.28, the oldest that a runner image still has
  ]
}
