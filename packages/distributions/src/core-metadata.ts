export interface CoreMetadata {
  readonly name: string
  /** As it is written there; hatchling keeps `1.0.0-alpha.1` in a file named `1.0.0a1`. */
  readonly version: string
}

/** Metadata that no installer could read; the message says what is wrong with it. */
export class UnreadableMetadata extends Error {
  override readonly name = 'UnreadableMetadata'
}

/**
 * Name and version in the headers of METADATA or PKG-INFO (Core metadata specifications: mail headers in UTF-8, their names in
 * any case, folded lines start with white space, the first empty line ends them). Throws UnreadableMetadata.
 */
export function readCoreMetadata(bytes: Uint8Array): CoreMetadata {
  const headers = new Map<string, string[]>()
  for (const { key, value } of unfolded(decode(bytes))) headers.set(key, [...(headers.get(key) ?? []), value])
  const only = (key: string, shown: string) => {
    const [value, another] = headers.get(key) ?? []
    if (!value) throw new UnreadableMetadata(`its metadata has no ${shown}`)
    if (another !== undefined) throw new UnreadableMetadata(`its metadata has more than one ${shown}`)
    return value
  }
  return { name: only('name', 'Name'), version: only('version', 'Version') }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new UnreadableMetadata('its metadata is not UTF-8')
  }
}

/** A line that is no header ends them too, as for the mail parser that installers use. */
function unfolded(text: string): Array<{ key: string; value: string }> {
  const headers: Array<{ key: string; value: string }> = []
  for (const line of text.split(/\r?\n/)) {
    const last = headers.at(-1)
    const [, key, value = ''] = /^([!-9;-~]+):(.*)$/.exec(line) ?? []
    if (/^[ \t]/.test(line) && last) last.value = `${last.value} ${line.trim()}`.trim()
    else if (key) headers.push({ key: key.toLowerCase(), value: value.trim() })
    else break
  }
  return headers
}
