import { posix } from 'node:path'

/** How a text speaks of files: `code` quotes their paths, settings list them between blanks. */
export type Style = 'code' | 'settings'

/** An address on the web is no path here, though it may look like one. */
const ADDRESS = /\bhttps?:\/\/[^\s"'<>)]*/g

/** What stands before an ending that is no part of a name: `*.md`, `".md"`, `f"{name}.md"`. */
const BEFORE_ENDING = `["'\`*}\\])=,\\s]`

/** A text in which files are looked for. */
export function searchable(text: string): string {
  return text.replace(ADDRESS, '')
}

/**
 * Finds what a text says when it may read one of `paths` (relative to the project): a file's name, its ending as patterns have it,
 * or one of its folders as a part of a path. Rather too often than not often enough.
 */
export function mentionOf(paths: readonly string[], style: Style): RegExp {
  const names = paths.map(path => `(?<![\\w-])${escaped(posix.basename(path))}(?![\\w-])`)
  const endings = paths.map(posix.extname).filter(Boolean)
  const asEnding = (ending: string) => `${BEFORE_ENDING}${escaped(ending)}\\b`
  return anyOf([...names, ...endings.map(asEnding), ...folders(paths, style)])
}

/** The same for files of which each has to be reached by the folder that they are all in, or by going through all there are. */
export function mentionOfFolder(folder: string, paths: readonly string[], style: Style): RegExp {
  const endings = paths.map(posix.extname).filter(Boolean).map(escaped)
  const searches = endings.map(ending => `(?:glob\\(|\\*\\*/)[^)"']*["']?[^)"']*${ending}\\b`)
  return anyOf([...folders([`${folder}x`], style), ...searches])
}

function folders(paths: readonly string[], style: Style): string[] {
  const parts = paths.flatMap(path => posix.dirname(path).split('/')).filter(part => part !== '.')
  return parts
    .map(escaped)
    .map(part => (style === 'code' ? `["'\`/\\\\]${part}["'\`/\\\\]` : `(?<![\\w-])${part}(?![\\w-])`))
}

/** Every file would be found by a pattern that is empty. */
function anyOf(patterns: readonly string[]): RegExp {
  return new RegExp([...new Set(patterns)].join('|') || '(?!)', 'i')
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
}
