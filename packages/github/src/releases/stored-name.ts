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

interface Digested {
  readonly name: string
  readonly digest?: string | undefined
}

/**
 * Finds assets of files: under the file's name, or the one that GitHub gives it. A file that GitHub renames in another way is
 * found by its digest, under a name that no other file has.
 */
export function assetFinder(
  files: readonly Pick<Digested, 'name'>[],
): <T extends Digested>(assets: readonly T[], file: Digested) => T | undefined {
  const known = new Set(files.flatMap(({ name }) => [name, storedName(name)]))
  return (assets, { name, digest }) => {
    const stored = storedName(name)
    const isRenamed = stored !== name
    return (
      assets.find(asset => asset.name === name) ??
      assets.find(asset => asset.name === stored) ??
      assets.find(asset => isRenamed && asset.digest === digest && !known.has(asset.name))
    )
  }
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
