/** `sha256:<hex in lower case>` of a SHA-256 with or without that prefix; undefined for anything else. */
export function asDigest(text: string): string | undefined {
  const hex = /^(?:sha256:)?([0-9a-f]{64})$/i.exec(text)?.[1]
  return hex && `sha256:${hex.toLowerCase()}`
}

/** Orders names by their code units, so that every machine makes the same file. */
export function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : Number(a.name > b.name)
}
