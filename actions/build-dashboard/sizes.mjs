import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { gzipSync } from 'node:zlib'

/** What is already compressed; a server sends it as it is. */
const COMPRESSED = /\.(png|jpe?g|gif|webp|avif|woff2?|mp4|webm|zip|gz|br)$/i

/**
 * The files below `folder` with their size and what a server with gzip sends, in bytes, largest first; source maps are
 * left out, since no visitor loads them.
 */
export function measure(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && !entry.name.endsWith('.map'))
    .map(entry => measureFile(folder, join(entry.parentPath, entry.name)))
    .sort((one, other) => other.raw - one.raw)
}

function measureFile(folder, path) {
  const content = readFileSync(path)
  const gzip = COMPRESSED.test(path) ? content.length : gzipSync(content).length
  return { name: relative(folder, path).replaceAll('\\', '/'), raw: content.length, gzip }
}
