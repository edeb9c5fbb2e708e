import { endGroup, exec, messageOf, startGroup } from '@tokenledger/kit'
import { chooseContent, directorySize, pruneArguments } from './cache-content.ts'
import { type CacheService, lookUp, troubleOf } from './cache-service.ts'
import type { CacheContent } from './inputs.ts'
import { heldBack } from './printed.ts'

export interface SaveRequest {
  readonly key: string
  readonly path: string
  readonly content: CacheContent
  readonly workspace: string
  readonly uv: { readonly path: string; readonly version: string }
  readonly env: Readonly<Record<string, string>>
  /** How to ask once more for the key; undefined when that cannot be asked here (v1, or no right to read). */
  readonly lookup: { readonly service: CacheService; readonly version: string } | undefined
  readonly tokenIsReadOnly: boolean
}

export type SaveResult =
  | { readonly kind: 'saved'; readonly reason: string }
  | { readonly kind: 'exists' }
  | { readonly kind: 'not-saved'; readonly warning: string }

export const READ_ONLY = 'Cache not saved: the token of this run may not write (pull request from a fork).'
export const EXISTS = 'Cache entry already exists (saved by another job).'

/**
 * Saves the cache directory with @actions/cache, unless another job has done so in the meantime (asked before the archive
 * is made, since that is the costly part). Never throws.
 */
export async function save(request: SaveRequest): Promise<SaveResult> {
  if (request.tokenIsReadOnly) return { kind: 'not-saved', warning: READ_ONLY }
  try {
    if (request.lookup && (await isThere(request.key, request.lookup))) return { kind: 'exists' }
    const reason = await prepared(request)
    return await upload(request, reason)
  } catch (error) {
    return notSaved(troubleOf(error))
  }
}

async function isThere(
  key: string,
  { service, version }: NonNullable<SaveRequest['lookup']>,
): Promise<boolean> {
  const answer = await lookUp(service, { key, restoreKeys: [], version })
  // The service matches prefixes as well, so a longer key (with a suffix) may answer.
  return answer.kind === 'found' && answer.key === key
}

/** Measures, prunes where the content asks for it, and returns the reason in words. */
async function prepared({ content, path, uv, env }: SaveRequest): Promise<string> {
  const choice = chooseContent(content, content === 'auto' ? await directorySize(path) : 0)
  if (choice.content === 'built') {
    const { exitCode, stderr } = await exec(uv.path, pruneArguments(uv.version), { env, show: 'live' })
    if (exitCode !== 0) throw new Error(`uv cache prune ended with ${exitCode}: ${stderr.trim()}`)
  }
  return `content ${choice.content}: ${choice.reason}`
}

async function upload({ path, key, workspace }: SaveRequest, reason: string): Promise<SaveResult> {
  const { saveCache } = await import('@actions/cache')
  startGroup('Save cache')
  process.env.GITHUB_WORKSPACE = quotedForTar(workspace)
  const { value, problems } = await heldBack(() => saveCache([path], key).catch(messageOf)).finally(() => {
    process.env.GITHUB_WORKSPACE = workspace
    endGroup()
  })
  if (typeof value === 'number' && value >= 0) return { kind: 'saved', reason }
  return resultOf(typeof value === 'string' ? [value] : problems)
}

/**
 * What @actions/cache means by the lines that it printed instead of an upload. It words a refusal like a race
 * ("another job may be creating this cache"); the first line tells them apart.
 */
export function resultOf(problems: readonly string[]): SaveResult {
  const all = problems.join('\n')
  if (all.includes('cache write denied:')) return { kind: 'not-saved', warning: READ_ONLY }
  if (all.includes('(409)') || all.includes('already exists')) return { kind: 'exists' }
  const cause = (problems[0] ?? 'no reason was given')
    .replace(/^Failed to (?:reserve cache|save): (?:Error: )?/, '')
    .replace(/^Failed to CreateCacheEntry: (?:Received non-retryable error: )?/, '')
  return notSaved(cause)
}

function notSaved(cause: string): SaveResult {
  return { kind: 'not-saved', warning: `Cache not saved (${cause.replace(/\.$/, '')}).` }
}

/**
 * @actions/cache splits its tar command at white space. Quotes inside the path keep it whole, and names relative to the
 * quoted path still lead to the same files.
 */
export function quotedForTar(path: string): string {
  return path.replace(/[^\\/]*\s[^\\/]*/g, '"$&"')
}
