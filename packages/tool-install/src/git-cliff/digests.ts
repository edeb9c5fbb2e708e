/** The git-cliff that this release of the action was made and tested with. */
export const DEFAULT_GIT_CLIFF_VERSION = '2.13.1'

/** A platform as the names of git-cliff's npm packages say it. */
export const NPM_PLATFORMS = [
  'linux-x64',
  'linux-arm64',
  'darwin-x64',
  'darwin-arm64',
  'windows-x64',
  'windows-arm64',
] as const

export type NpmPlatform = (typeof NPM_PLATFORMS)[number]

export interface CliffDigests {
  /** SHA-512 of the npm tarball as npm states it (Subresource Integrity). */
  readonly tarball: string
  /** SHA-256 of the program in it, in hex. */
  readonly program: string
}

export type CliffTable = Readonly<Record<string, Readonly<Record<NpmPlatform, CliffDigests>>>>

/**
 * What is known of each version. `tarball` is `npm view git-cliff-<platform>@<version> dist.integrity`. `program` was computed
 * from tarballs that had been held to that: `npm pack`, SHA-512 compared, `tar xzf`, `sha256sum package/bin/git-cliff*`.
 * Earlier versions lack options that we need; of later ones not every platform was in the registry.
 */
export const KNOWN_DIGESTS: CliffTable = {
  '2.13.1': {
    'linux-x64': {
      tarball:
        'sha512-gZcIQhIQ1lDUMD8UieUSEZAYoyZN7nPd8O3VQoj1Ddhqll4UAS1Zxms1SU3U8pb0UTdc2m3ia/wtOnyhvbjdjQ==',
      program: '4250d68d296e595290b27bbf0ad986d7868705d6daa2afde97610c2b73ba7e52',
    },
    'linux-arm64': {
      tarball:
        'sha512-clNRcNzdvk4GKyTt3ZhhWqcrjVRghcUcGNSV/Y87YJf3Mc/zl9ajUAhnXPOBSX/KWBr2od5SmkCt0qGYagY07g==',
      program: 'ef7ffdfe240ed501b7f4e56941c743f19d62a4c297c024bbabb1794a20ada2f0',
    },
    'darwin-x64': {
      tarball:
        'sha512-KZfggGAiw1EvZH3BOUclEU4eGCP2+Z+lH/N2Ni3FH9L2M1U7FYJqqaMhqgO8azTj67betvDshH8WBUkIkSsVxA==',
      program: 'dacd9a3d8cab0134d76c809c7cfe2dac8d6413a513339914b88f283cffbf544f',
    },
    'darwin-arm64': {
      tarball:
        'sha512-3ebPUnUlLmrSZDHknSZQmyZV7DEJVtKse8I25Am0cENET5Py9u9Hg9k8IRXdiDtHtPDs6MYZx7BOi11WtcfqSg==',
      program: '0f5d27421a26fd69bc913e2f8a09dae74375a85e5099d4324de36550ab94aac7',
    },
    'windows-x64': {
      tarball:
        'sha512-Bi8ehp1VMkomY7M/356PgovKQ8CBRiuOOkq+aWC2evQuMFfXWjG0GBlPED9QkZoUJ4iQ5ygB5DYdK3BjhaOyPw==',
      program: 'af0e46671560e716ec634b398f2eedd45b2b4e01ca1b43445094e6e0bac94039',
    },
    'windows-arm64': {
      tarball:
        'sha512-+XubuQv68DuDwF0u6Af5d889MEf/RD48VBQS7ZmPi4sUSCXAZqRm1/ApCsStLqxMDCf1+7s05B/kNbm9wjV80A==',
      program: '18748f2b5f8d79e74f1a819297f2c196f4249403b39446f14c331d6d9d6d5d61',
    },
  },
}
