import { globSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, relative, resolve, sep } from 'node:path'

const MAGIC = /[*?[\]{}]/

/**
 * The files that `lines` name (files, directories with all below them, patterns; `!` takes out, in order) and the
 * directory that their paths in the artifact are relative to: the least common ancestor of what was searched.
 */
export function findFiles(lines, withHidden, cwd = process.cwd()) {
  const patterns = lines.map(line => line.trim()).filter(line => line && !line.startsWith('#'))
  const found = new Set()
  const searched = []
  for (const pattern of patterns) {
    const excludes = pattern.startsWith('!')
    const absolute = absolutePattern(excludes ? pattern.slice(1) : pattern, cwd)
    if (!excludes) searched.push(fixedPart(absolute))
    for (const file of matches(absolute)) {
      if (excludes) found.delete(file)
      else found.add(file)
    }
  }
  const files = [...found].filter(file => withHidden || !isHidden(relative(cwd, file))).sort()
  return { files, root: rootOf(searched, files) }
}

function absolutePattern(pattern, cwd) {
  const expanded = pattern === '~' || pattern.startsWith('~/') ? join(homedir(), pattern.slice(1)) : pattern
  return resolve(cwd, expanded)
}

/** The leading part of a pattern that has no wildcard in it. */
function fixedPart(pattern) {
  const parts = pattern.split(sep)
  const first = parts.findIndex(part => MAGIC.test(part))
  return first < 0 ? pattern : parts.slice(0, first).join(sep) || sep
}

function matches(pattern) {
  const hits = MAGIC.test(pattern) ? globSync(pattern) : [pattern]
  return hits.flatMap(hit => {
    const stats = statSync(hit, { throwIfNoEntry: false })
    if (stats?.isDirectory()) return filesBelow(hit)
    return stats ? [hit] : []
  })
}

function filesBelow(directory) {
  return globSync('**', { cwd: directory })
    .map(path => join(directory, path))
    .filter(path => statSync(path, { throwIfNoEntry: false })?.isFile())
}

function isHidden(path) {
  return path.split(sep).some(part => part.startsWith('.') && part !== '.' && part !== '..')
}

function rootOf(searched, files) {
  if (searched.length === 1 && files.length === 1 && searched[0] === files[0]) return dirname(files[0])
  const [first = [], ...rest] = searched.map(path => path.split(sep))
  const end = first.findIndex((part, at) => rest.some(other => other[at] !== part))
  const common = end < 0 ? first : first.slice(0, end)
  const root = common.join(sep) || sep
  return statSync(root, { throwIfNoEntry: false })?.isFile() ? dirname(root) : root
}
