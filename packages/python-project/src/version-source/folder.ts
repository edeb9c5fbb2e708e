import { posix } from 'node:path'

/** The text of a file, by its path relative to the repository with forward slashes; undefined when there is none. */
export type ReadText = (path: string) => string | undefined

/** A project's folder. */
export interface Folder {
  /** `''` for the repository's own. */
  readonly path: string
  /** The path of a file of this folder as {@link ReadText} takes it. */
  at(path: string): string
  read(path: string): string | undefined
}

export function folderAt(read: ReadText, path: string): Folder {
  const own = posix.join('.', path).replace(/^\.$|\/$/g, '')
  const at = (inside: string) => posix.join(own, inside)
  return { path: own, at, read: inside => read(at(inside)) }
}

/** The nearest folder from this one up to the repository's that holds a file of this name, with the file's text. */
export function nearest(
  read: ReadText,
  { path }: Folder,
  name: string,
): { readonly folder: Folder; readonly text: string } | undefined {
  const folder = folderAt(read, path)
  const text = folder.read(name)
  if (text !== undefined) return { folder, text }
  return path === '' ? undefined : nearest(read, folderAt(read, posix.dirname(path)), name)
}
