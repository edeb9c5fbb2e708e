import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../repository.ts'

/** An entry of package-lock.json, or a package.json: what of them matters here. */
interface Entry {
  readonly name?: string
  readonly link?: boolean
  readonly resolved?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: unknown
}
type Entries = Readonly<Record<string, Entry>>

const ENGINE = 'packages/local-run'
/** Holds the Node that the engine runs on where the user's own is older. */
const TOOLS = 'packages/tools'

/**
 * `packages/local-run/locked.json`: the package.json files and the lock of the engine alone, path → content, for `run` outside a
 * clone. npm never packs a lock by its own name, and package.json files below `packages/` would make npm install everything here
 * before it packs what `npx github:…` asked for.
 */
export function engine(): Map<string, string> {
  const { lockfileVersion, packages } = readJson('package-lock.json') as {
    lockfileVersion: number
    packages: Entries
  }
  const optionalDependencies = packages[TOOLS]?.optionalDependencies ?? {}
  const needed = closure(packages, [ENGINE, ...Object.keys(optionalDependencies).map(inRoot)])
  const workspaces = needed.filter(key => key.startsWith('packages/'))
  const top = { name: 'tokenledger-actions-run', private: true, workspaces, optionalDependencies }
  const links = workspaces.map(key => [inRoot(packages[key]?.name ?? ''), { resolved: key, link: true }])
  const locked = needed.map(key => [key, withoutDevelopment(packages[key] ?? {})])
  const files = {
    '.npmrc': readFileSync(join(root, '.npmrc'), 'utf8'),
    'package.json': { ...top, type: 'module' },
    'package-lock.json': {
      name: top.name,
      lockfileVersion,
      requires: true,
      packages: { '': top, ...Object.fromEntries([...locked, ...links].sort(byKey)) },
    },
    ...Object.fromEntries(
      workspaces.map(key => [`${key}/package.json`, withoutDevelopment(readJson(`${key}/package.json`))]),
    ),
  }
  return new Map([[`${ENGINE}/locked.json`, `${JSON.stringify(files, undefined, 1)}\n`]])
}

/** The keys of all that these need to run, themselves included. */
function closure(packages: Entries, starts: readonly string[]): string[] {
  const seen = new Set<string>()
  const visit = (key: string) => {
    const entry = packages[key]
    if (!entry || seen.has(key)) return
    if (entry.link) return visit(entry.resolved ?? '')
    seen.add(key)
    for (const name of namesNeeded(entry)) visit(placeOf(packages, key, name))
  }
  starts.forEach(visit)
  return [...seen].sort()
}

function namesNeeded({ dependencies, optionalDependencies, peerDependencies }: Entry): string[] {
  return Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })
}

/** Where Node finds a package from another: beside it, or in a folder above. Empty for an optional one that is not locked. */
function placeOf(packages: Entries, from: string, name: string): string {
  const folders = from.split('/').map((_, index, parts) => parts.slice(0, parts.length - index).join('/'))
  const candidates = [...folders.map(folder => `${folder}/${inRoot(name)}`), inRoot(name)]
  return candidates.find(key => key in packages) ?? ''
}

function inRoot(name: string): string {
  return `node_modules/${name}`
}

function withoutDevelopment({ devDependencies: _, ...entry }: Entry): Entry {
  return entry
}

function byKey([a]: readonly unknown[], [b]: readonly unknown[]): number {
  return String(a) < String(b) ? -1 : 1
}

function readJson(path: string): Entry & Record<string, unknown> {
  return JSON.parse(readFileSync(join(root, path), 'utf8'))
}
