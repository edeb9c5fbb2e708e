import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const NOT_OURS = new Set([
  '.git',
  '.venv',
  'venv',
  'node_modules',
  'dist',
  'build',
  '__pycache__',
  '.tox',
  '.nox',
  '.mypy_cache',
  '.pytest_cache',
  '.ruff_cache',
])

/** How far below the checkout an action or a package.json still counts. */
const DEPTH = 5

/** In `.github` every folder is somebody's own, also one named build. */
function isOurs(path: string, name: string): boolean {
  return path.startsWith('.github/') || !NOT_OURS.has(name)
}

/** Files of a checkout, sorted, without what tools put there. Links are not followed. */
export function listFiles(root: string): string[] {
  const found: string[] = []
  const visit = (folder: string, depth: number) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder ? `${folder}/${entry.name}` : entry.name
      if (entry.isFile()) found.push(path)
      else if (entry.isDirectory() && depth < DEPTH && isOurs(path, entry.name)) visit(path, depth + 1)
    }
  }
  visit('', 0)
  return found.sort()
}
