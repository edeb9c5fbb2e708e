import { UserError } from '@tokenledger/kit'

/**
 * The name under which GitHub stores an asset: it takes marks off letters and puts one dot for each run of other characters than
 * letters, digits and `-_+@`; dots at the ends go. A name of which only the ending is left, or that began with a dot, is
 * `default` before that. GitHub's answer to an upload says the true one; this finds it again in a list.
 */
export function storedName(name: string): string {
  const ascii = name.normalize('NFD').replace(/\p{Mn}/gu, '')
  const plain = (ascii.startsWith('.') ? `default${ascii}` : ascii)
    .replace(/[^A-Za-z0-9\-_+@]+/g, '.')
    .replace(/^\.|\.$/g, '')
  return plain === name || plain.includes('.') ? plain : `default.${plain}`
}

/** The asset of a file, under its own name or the one that GitHub gives it. */
export function namedLike<T extends { readonly name: string }>(
  assets: readonly T[],
  name: string,
): T | undefined {
  const stored = storedName(name)
  return assets.find(asset => asset.name === name) ?? assets.find(asset => asset.name === stored)
}

/** Throws RELEASE_SAME_NAME when GitHub would store two files under one name. */
export function demandOwnNames(names: readonly string[]): void {
  const seen = new Map<string, string>()
  for (const name of names) {
    const stored = storedName(name)
    const other = seen.get(stored)
    if (other !== undefined) {
      throw new UserError(
        `RELEASE_SAME_NAME: GitHub stores ${other} and ${name} both as ${stored}; rename one of them`,
      )
    }
    seen.set(stored, name)
  }
}
