import { UserError } from '@tokenledger/kit'
import { asDigest, byName } from './digest.ts'

/** The text that `sha256sum --check` reads: one line a file, sorted by name. Digests are `sha256:<hex>`. */
export function checksums(files: ReadonlyArray<{ readonly name: string; readonly digest: string }>): string {
  return [...files]
    .sort(byName)
    .map(({ name, digest }) => {
      const escaped = name.replace(/[\\\n\r]/g, character => ESCAPES[character] ?? character)
      // A backslash before the digest says that the name is escaped (coreutils, "cksum output modes").
      return `${escaped === name ? '' : '\\'}${digest.replace('sha256:', '')}  ${escaped}\n`
    })
    .join('')
}

/** The digests (`sha256:<hex>`) by name in such a text. A UserError names the line that is none. */
export function readChecksums(text: string): Map<string, string> {
  const digests = new Map<string, string>()
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line === '') continue
    const [, mark, hex = '', name = ''] = /^(\\?)([0-9a-f]{64}) [ *](.+)$/i.exec(line) ?? []
    const digest = asDigest(hex)
    if (!digest) {
      throw new UserError(
        `RELEASE_CHECKSUMS: line ${index + 1} of the checksums is not "<SHA-256>  <file>": "${line.slice(0, 100)}"; write them with sha256sum`,
      )
    }
    digests.set(mark ? name.replace(/\\[\\nr]/g, pair => UNESCAPES[pair] ?? pair) : name, digest)
  }
  return digests
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r' }
const UNESCAPES: Readonly<Record<string, string>> = { '\\\\': '\\', '\\n': '\n', '\\r': '\r' }
