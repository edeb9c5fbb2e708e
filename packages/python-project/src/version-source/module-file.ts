import { posix } from 'node:path'
import type { Folder } from './folder.ts'
import { assignedString, importedFrom } from './python-assignment.ts'

/** A file of the project, by its path in the project's folder. */
export interface ModuleFile {
  readonly path: string
  readonly text: string
}

/** `__version__` of tokenledger is seldom more than one import away from its string. */
const MOST_IMPORTS = 3

/** The first file of a dotted module name below these folders, in the order of Python packagers: `a/b.py`, `a/b/__init__.py`. */
export function moduleFile(folder: Folder, module: string, roots: readonly string[]): ModuleFile | undefined {
  const inside = module.replaceAll('.', '/')
  for (const root of roots) {
    const base = posix.join(root, inside)
    for (const path of [`${base}.py`, `${base}/__init__.py`]) {
      const text = folder.read(path)
      if (text !== undefined) return { path, text }
    }
  }
  return undefined
}

/** The file in which a name of a module is assigned a plain string: this one, or one that it imports the name from. */
export function assigningFile(
  folder: Folder,
  file: ModuleFile,
  name: string,
  roots: readonly string[],
  imports = MOST_IMPORTS,
): { readonly file: ModuleFile; readonly name: string } | undefined {
  if (assignedString(file.text, name)) return { file, name }
  const source = imports > 0 ? importedFrom(file.text, name) : undefined
  if (!source) return undefined
  const [, dots = '', module = ''] = /^(\.*)(.*)$/.exec(source.module) ?? []
  // One dot is the package that holds the module, also when the module is the package's own __init__.
  const from = dots ? [posix.join(posix.dirname(file.path), ...Array(dots.length - 1).fill('..'))] : roots
  const next = moduleFile(folder, module || '__init__', from)
  return next && assigningFile(folder, next, source.name, roots, imports - 1)
}
