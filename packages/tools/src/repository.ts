import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Absolute path of this repository's root. */
export const root: string = fileURLToPath(new URL('../../..', import.meta.url))

/** Names of the JavaScript actions: those with sources of their own. */
export function javascriptActions(): string[] {
  return actionFolders().filter(name => existsSync(join(root, 'actions', name, 'src', 'index.ts')))
}

/** Names of all actions, composite ones included: the folders of `actions/` that hold a contract. */
export function actionFolders(): string[] {
  return readdirSync(join(root, 'actions'))
    .filter(name => existsSync(join(root, 'actions', name, 'action.yml')))
    .sort()
}
