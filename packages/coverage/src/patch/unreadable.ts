import type { Comparison } from '@tokenledger/github/changes'
import { UserError } from '@tokenledger/kit'

/** Why neither git nor the API could tell the changes. */
export interface Trouble {
  readonly missing: 'commit' | 'fork-point' | 'diff'
  /** Why git could not, in a few words; with `fork-point` it is the API's. */
  readonly git: string
  /** Why the API could not; absent when it was not asked. */
  readonly api?: string
}

/** The failure of a run that has changes which cannot be read: what is missing, why, and what to change. */
export function unreadable({ name, change, depth }: Comparison, { missing, git, api }: Trouble): UserError {
  const what = `Cannot read the changes of ${change}`
  const said = [git, ...(api === undefined ? [] : [`API: ${api}`])].join('; ')
  const credentials = "Keep actions/checkout's credentials"
  const token = 'or give github-token contents:read'
  if (missing === 'fork-point') {
    const unknown = `the checkout is shallow, so the commit that HEAD and ${name} share is unknown (${said})`
    return new UserError(`${what}: ${unknown}. Set fetch-depth: 0, ${token}.`)
  }
  if (missing === 'diff') {
    return new UserError(
      `${what}: git could not compare HEAD with ${name} (${said}). ${credentials}, ${token}.`,
    )
  }
  const absent = `${name} is not in the checkout and fetching it failed (${said})`
  return new UserError(`${what}: ${absent}. ${credentials}, set fetch-depth: ${depth}, ${token}.`)
}
