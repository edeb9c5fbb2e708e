import { UserError } from '@tokenledger/kit'
import type { FileChange } from '../config/bump-config.ts'
import type { Search } from './search.ts'

/** What a version in a file may look like, for a hint only. */
const VERSION = '(v?[0-9]+(?:[.+_-]?[0-9A-Za-z]+)*)'

/** The error for a search that found nothing, with what the file says instead where that can be told. */
export function missing(plain: string, path: string, change: FileChange, search: Search): UserError {
  const hint = touched(plain, search) ?? otherVersion(plain, change)
  return new UserError(
    `BUMP_SEARCH_MISSING: "${search.text}" not found in ${path}${hint ? ` (${hint})` : ''}; no file was changed`,
  )
}

function touched(plain: string, search: Search): string | undefined {
  const [at] = search.touchedIn(plain)
  if (at === undefined) return undefined
  const start = /[\p{L}\p{N}.+_-]*$/u.exec(plain.slice(0, at))?.[0] ?? ''
  const rest = /^[\p{L}\p{N}.+_-]*/u.exec(plain.slice(at + search.text.length))?.[0] ?? ''
  const line = plain.slice(0, at).split('\n').length
  return `only inside of ${start}${search.text}${rest} in line ${line}`
}

/** The version in the place that the search describes. A search for the bare version describes no place. */
function otherVersion(plain: string, { search, regex }: FileChange): string | undefined {
  const around = search.split('{current_version}')
  if (regex || around.length !== 2 || around.join('').trim() === '' || around.join('').includes('{'))
    return undefined
  const pattern = around.map(text => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join(VERSION)
  const found = new RegExp(pattern).exec(plain)?.[1]
  return found === undefined ? undefined : `file says ${found}`
}
