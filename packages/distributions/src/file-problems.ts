import { relative, sep } from 'node:path'
import type { MeasuredFile } from './measure-file.ts'

/** GitHub: "Each file included in a release must be under 2 GiB". */
const FIRST_REFUSED_SIZE = 2 * 1024 ** 3

/** Why GitHub would not take these files into one release, one sentence each; paths are shown relative to the workspace. */
export function fileProblems(files: readonly MeasuredFile[], workspace: string): string[] {
  const shown = ({ path }: MeasuredFile) => relative(workspace, path).split(sep).join('/')
  const sizes = files.flatMap(file => {
    if (file.size === 0)
      return [`RELEASE_FILE_EMPTY: ${shown(file)} has 0 bytes; look at the step that writes it`]
    if (file.size >= FIRST_REFUSED_SIZE)
      return [
        `RELEASE_FILE_TOO_LARGE: ${shown(file)} has ${(file.size / 1024 ** 3).toFixed(2)} GiB, and a release takes files below 2 GiB; split or compress it`,
      ]
    return []
  })
  const names = [...Map.groupBy(files, ({ name }) => name)].flatMap(([name, same]) =>
    same.length < 2
      ? []
      : [
          `RELEASE_SAME_NAME: ${same.map(shown).join(' and ')} would both be ${name} in the release; rename one of them`,
        ],
  )
  return [...sizes, ...names]
}
