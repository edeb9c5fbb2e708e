import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Absolute path of this repository's root. */
export const root: string = fileURLToPath(new URL('../../..', import.meta.url))

/** Names of the JavaScript actions: the folders of `actions/` that hold a `src/index.ts`. */
export function javascriptActions(): string[] {
  return actionFolders().filter(name => readdirSync(join(root, 'actions', name)).includes('src'))
}

/** Names of all actions, composite ones included. */
export function actionFolders(): string[] {
  return readdirSync(join(root, 'actions'), { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
    .sort()
}
