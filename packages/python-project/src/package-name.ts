import { parseToml, stringOf, tableOf } from './toml.ts'
import type { ReadText } from './version-source/folder.ts'

/** The name of the package for `{name}` of a tag format; undefined when its folder has none. A UserError for broken TOML. */
export function packageName(read: ReadText, folder: string): string | undefined {
  const inFolder = (path: string) => (folder ? `${folder}/${path}` : path)
  const pyproject = read(inFolder('pyproject.toml'))
  const { project, tool } = pyproject ? parseToml(pyproject, inFolder('pyproject.toml')) : {}
  const names = [
    tableOf(project).name,
    tableOf(tableOf(tool).poetry).name,
    npmName(read(inFolder('package.json'))),
  ]
  return names.map(stringOf).find(name => name !== undefined)
}

function npmName(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text).name
  } catch {
    return undefined // what reads the version says what is wrong with it
  }
}
