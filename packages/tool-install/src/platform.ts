import { UserError } from '@tokenledger/kit'

export interface Platform {
  readonly os: 'linux' | 'darwin' | 'win32'
  readonly arch: 'x64' | 'arm64'
  readonly libc: 'glibc' | 'musl' | 'none'
  /** Rust's target triple, as in the names of uv's release archives. */
  readonly triple: string
  /** The architecture's folder in the tool cache; musl has its own, since a host may share one cache with containers. */
  readonly toolCacheArch: string
}

export interface PlatformFacts {
  readonly platform: string
  readonly arch: string
  /** Node's diagnostic report, or the part of it that names the C library. */
  readonly report: unknown
}

/**
 * The platform that uv has to be made for. The C library is read from Node's own report, so no process is started.
 * Throws a UserError for one that this action has no uv for.
 */
export function detectPlatform(facts: PlatformFacts = factsOfThisProcess()): Platform {
  const { platform: os, arch } = facts
  if ((os !== 'linux' && os !== 'darwin' && os !== 'win32') || (arch !== 'x64' && arch !== 'arm64')) {
    throw new UserError(
      `This action has no uv for ${os} ${arch}; it has one for Linux (glibc or musl), macOS and Windows, each on x64 and arm64.`,
    )
  }
  const libc = os === 'linux' ? libcOf(facts.report) : 'none'
  const machine = arch === 'x64' ? 'x86_64' : 'aarch64'
  const system = {
    linux: libc === 'musl' ? 'unknown-linux-musl' : 'unknown-linux-gnu',
    darwin: 'apple-darwin',
    win32: 'pc-windows-msvc',
  }[os]
  return {
    os,
    arch,
    libc,
    triple: `${machine}-${system}`,
    toolCacheArch: libc === 'musl' ? `${arch}-musl` : arch,
  }
}

/** File name of a program of uv on the platform. */
export function executable(name: string, { os }: Pick<Platform, 'os'>): string {
  return os === 'win32' ? `${name}.exe` : name
}

function libcOf(report: unknown): 'glibc' | 'musl' {
  const header = (report as { header?: { glibcVersionRuntime?: string } } | undefined)?.header
  return header?.glibcVersionRuntime ? 'glibc' : 'musl'
}

function factsOfThisProcess(): PlatformFacts {
  const { platform, arch, report } = process
  if (platform !== 'linux') return { platform, arch, report: undefined }
  // Without this the report looks up the names of the network interfaces' addresses, which can take seconds.
  Object.assign(report, { excludeNetwork: true })
  return { platform, arch, report: report.getReport() }
}
