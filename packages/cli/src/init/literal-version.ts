import type { Adopter } from './adopter.ts'

/** A version that stands as a plain string in a file that no setting names. */
export interface LiteralVersion {
  readonly path: string
  readonly version: string
  /** The text around it, with something else in its place. */
  around(text: string): string
}

const ASSIGNMENT =
  /(?:^|[\s(,])((?:__version__|VERSION|version)(?:\s*:\s*\w+)?\s*=\s*["'])(\d+(?:\.\d+)+[\w.+-]*)(["'])/gm

/** The version in setup.py or where the plan looks for it; undefined unless one file has exactly one. */
export function literalVersion({ findings, read }: Adopter): LiteralVersion | undefined {
  const candidates = ['setup.py', String(findings['version-source'].value)].filter(Boolean)
  const found = candidates.flatMap(path => {
    const matches = [...(read(path) ?? '').matchAll(ASSIGNMENT)]
    const [, before = '', version = '', after = ''] = matches[0] ?? []
    return matches.length === 1
      ? [{ path, version, around: (text: string) => `${before}${text}${after}` }]
      : []
  })
  return found.length === 1 ? found[0] : undefined
}
