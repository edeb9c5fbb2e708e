import { type Dirent, existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The files of a project directory. Decisions read it and nothing else. */
export interface Checkout {
  /** Paths relative to the directory, with forward slashes, shallow ones first, each directory in order of name. */
  readonly files: readonly string[]
  /** True when the walk ended at its limit, so that deep files may be missing. */
  readonly truncated: boolean
  /** A file's text with `\n` line ends; undefined when it is absent, unreadable, or too large to be configuration. */
  text(path: string): string | undefined
}

const FOREIGN = new Set(['node_modules', 'site-packages', '__pycache__', 'venv', 'htmlcov'])
/** Written by builds, but in `src` the name of a package, such as that of PyPA's `build`. */
const GENERATED = new Set(['dist', 'build'])
const DEEPEST = 8
const MOST_FILES = 20_000
const LARGEST_TEXT = 512 * 1024

/** Lists a directory without following links or entering hidden, generated and foreign directories. */
export function readCheckout(directory: string): Checkout {
  const files: string[] = []
  const queue = ['']
  let truncated = false
  for (const folder of queue) {
    truncated ||= files.length >= MOST_FILES || folder.split('/').length > DEEPEST
    if (files.length >= MOST_FILES) break
    if (folder.split('/').length > DEEPEST) continue
    const entries = entriesOf(join(directory, folder))
    if (folder && entries.some(entry => entry.name === 'pyvenv.cfg')) continue
    for (const entry of entries) {
      if (entry.isFile()) files.push(folder + entry.name)
      else if (entry.isDirectory() && isOurs(entry.name, folder)) queue.push(`${folder}${entry.name}/`)
    }
  }
  return { files, truncated, text: reader(directory) }
}

function isOurs(name: string, parent: string): boolean {
  if (name.startsWith('.') || name.endsWith('.egg-info') || FOREIGN.has(name)) return false
  return parent === 'src/' || !GENERATED.has(name)
}

function entriesOf(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch {
    return [] // a directory that may not be read holds nothing that this job could use
  }
}

function reader(directory: string): Checkout['text'] {
  const texts = new Map<string, string | undefined>()
  return path => {
    if (!texts.has(path)) texts.set(path, normalText(join(directory, path)))
    return texts.get(path)
  }
}

function normalText(path: string): string | undefined {
  try {
    const bytes = readFileSync(path)
    if (bytes.length > LARGEST_TEXT) return undefined
    return bytes
      .toString('utf8')
      .replace(/^\uFEFF/, '')
      .replaceAll('\r\n', '\n')
  } catch {
    return undefined
  }
}

/**
 * The nearest file of this name in `directory` or above it, but not above `top`, as a path relative to `directory`
 * (`../uv.lock`). uv looks for its lock and for `.python-version` the same way.
 */
export function findUpwards(directory: string, top: string, name: string): string | undefined {
  let prefix = ''
  for (let folder = directory; ; folder = dirname(folder), prefix += '../') {
    if (existsSync(join(folder, name))) return prefix + name
    if (folder === top || folder === dirname(folder)) return undefined
  }
}

/** The directories that hold one of `files`, each once, in their order; the top is `''`. */
export function directoriesOf(files: readonly string[]): string[] {
  return [...new Set(files.map(directoryOf))]
}

export function directoryOf(file: string): string {
  return file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : ''
}

/** `directory/name`, or the name alone at the top. */
export function within(directory: string, name: string): string {
  return directory === '' || directory === '.' ? name : `${directory}/${name}`
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
