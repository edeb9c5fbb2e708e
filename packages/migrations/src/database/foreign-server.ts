/** Something else than PostgreSQL answered. */
export class ForeignServer extends Error {
  override readonly name = 'ForeignServer'
  /** `HTTP`, or `another protocol`. */
  readonly protocol: string

  constructor(protocol: string) {
    super(`the answer is ${protocol}, not PostgreSQL's protocol`)
    this.protocol = protocol
  }
}

/**
 * Which protocol the first bytes of an answer belong to; undefined for PostgreSQL's: `S`, `N` or an error `E` to the request for
 * TLS; authentication `R`, an error `E` or a version `v` to a login (documentation, "Message Flow").
 */
export function protocolOf(bytes: Buffer): string | undefined {
  const text = bytes.toString('latin1')
  if (text.startsWith('HTTP/')) return 'HTTP'
  if (text.startsWith('SSH-')) return 'SSH'
  // Its greeting: three bytes of length, packet 0, protocol version 10.
  if (bytes[3] === 0 && bytes[4] === 10) return 'MySQL'
  return /^[SNERv]/.test(text) ? undefined : 'another protocol'
}
