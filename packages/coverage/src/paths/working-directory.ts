import type { Reading } from './reading.ts'
import { isAbsolute, joined } from './spelling.ts'
import type { Tree } from './tree.ts'

/**
 * Reads relative names as of the folder where the tests ran, which is the working directory or the root of the repository.
 * A report was written in one of them, so that the one with more tracked files comes first; when they have as many, a name
 * that fits both is in doubt.
 */
export function whereTestsRan(names: readonly string[], spellings: Reading, tree: Tree): readonly Reading[] {
  const { workingDirectory, tracked } = tree
  const from = (folder: string): Reading => {
    return name =>
      spellings(name)
        .filter(path => !isAbsolute(path))
        .map(path => joined(folder, path))
  }
  if (workingDirectory === '') return [from('')]
  const count = (reading: Reading) =>
    names.filter(name => reading(name).some(path => tracked.has(path))).length
  const [inside, atRoot] = [from(workingDirectory), from('')]
  const more = count(inside) - count(atRoot)
  if (more === 0) return [name => [...inside(name), ...atRoot(name)]]
  return more > 0 ? [inside, atRoot] : [atRoot, inside]
}
