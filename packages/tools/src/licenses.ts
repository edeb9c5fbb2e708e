import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

interface Module {
  readonly identifier?: string
  readonly modules?: readonly Module[]
}

/**
 * The licences of all npm packages in a bundle, from webpack's statistics (ncc's own --license option sees none of the
 * packages that module concatenation has merged). Sorted by path, so the same bundle gives the same text.
 */
export function licenses(statistics: { readonly modules: readonly Module[] }, root: string): string {
  const folders = new Set<string>()
  collect(statistics.modules, folders)
  const own = [...folders].filter(folder => !folder.includes(join('node_modules', '@vercel', 'ncc')))
  return own
    .map(folder => ({ folder, path: relative(root, folder).split(sep).join('/') }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ folder }) => entry(folder))
    .join('\n')
}

function collect(modules: readonly Module[], folders: Set<string>): void {
  for (const { identifier = '', modules: merged = [] } of modules) {
    const path = identifier.split(/[!|]/).findLast(part => part.includes('node_modules'))
    const folder = path && /^.*node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(path)?.[0]
    if (folder) folders.add(folder)
    collect(merged, folders)
  }
}

function entry(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const file = readdirSync(folder).find(candidate => /^licen[cs]e(\.|$)/i.test(candidate))
  const text = file
    ? readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim()
    : '(no licence file in the package)'
  return `${name} ${version}\n${license ?? 'see below'}\n\n${text}\n\n${'-'.repeat(80)}\n`
}
