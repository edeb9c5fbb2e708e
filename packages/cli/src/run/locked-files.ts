import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Made by `npm run generate`: package.json files and the lock of the engine alone, path → content. */
export const LOCKED = 'packages/local-run/locked.json'

/** The version of Node that the engine runs on. */
const NODE_MAJOR = 24

interface Locked extends Readonly<Record<string, unknown>> {
  readonly 'package.json': { readonly optionalDependencies: Readonly<Record<string, string>> }
  readonly 'package-lock.json': { readonly packages: Readonly<Record<string, object>> }
}

/** What npm installs the engine by, as path → text. Node itself, by far the largest part, is left out where the user's own does. */
export function lockedFiles(root: string, nodeMajor: number): Map<string, string> {
  const locked = JSON.parse(readFileSync(join(root, LOCKED), 'utf8')) as Locked
  const files = nodeMajor >= NODE_MAJOR ? withoutNode(locked) : locked
  return new Map(Object.entries(files).map(([path, content]) => [path, textOf(content)]))
}

function withoutNode(locked: Locked): Locked {
  const { optionalDependencies, ...top } = locked['package.json']
  const nodes = Object.keys(optionalDependencies).map(name => `node_modules/${name}`)
  const lock = locked['package-lock.json']
  const packages = Object.entries(lock.packages).filter(([key]) => !nodes.includes(key))
  return {
    ...locked,
    'package.json': { ...top, optionalDependencies: {} },
    'package-lock.json': { ...lock, packages: { ...Object.fromEntries(packages), '': top } },
  }
}

function textOf(content: unknown): string {
  return typeof content === 'string' ? content : JSON.stringify(content)
}
