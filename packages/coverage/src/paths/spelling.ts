import { posix } from 'node:path'

/**
 * A path of a report in one spelling: forward slashes, no `.` and no needless `..`, no slash at the end, a drive letter in lower
 * case. The folder itself is ''.
 */
export function normalized(path: string): string {
  const slashes = path.replaceAll('\\', '/')
  const drive = slashes.replace(/^[A-Z]:/, letter => letter.toLowerCase())
  const short = posix.normalize(drive)
  if (short === '.' || short === './') return ''
  return short.length > 1 && short.endsWith('/') ? short.slice(0, -1) : short
}

/** Of a normalized path; Windows paths start with a drive. */
export function isAbsolute(path: string): boolean {
  return path.startsWith('/') || /^[a-z]:\//.test(path)
}

/** Two normalized paths as one; an absolute second one stands alone. */
export function joined(folder: string, path: string): string {
  if (isAbsolute(path)) return path
  return folder === '' ? normalized(path) : normalized(`${folder}/${path}`)
}

/** What is left of a normalized path below a folder, undefined when it is not below. */
export function relativeTo(folder: string, path: string): string | undefined {
  const prefix = folder.endsWith('/') ? folder : `${folder}/`
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined
}

/** Whether a normalized path is of an installed package, wherever that is installed. */
export function isInstalled(path: string): boolean {
  return /(^|\/)(site-packages|dist-packages)\//.test(path)
}
