import { info, warning } from '@tokenledger/kit'
import type { InstalledUv } from '@tokenledger/tool-install'
import type { CachePlan } from './cache-plan.ts'
import { tokenIsReadOnly } from './cache-policy.ts'
import { type RestoreResult, restore } from './cache-restore.ts'
import { EXISTS, save } from './cache-save.ts'
import type { CacheService } from './cache-service.ts'
import type { Prepared } from './prepare.ts'
import type { Findings } from './report.ts'
import type { Runner } from './runner.ts'

export type Restored = Findings['cache'] & {
  /** True after a miss or a partial hit where saving is allowed and the service was not in trouble. */
  readonly wantsSave: boolean
}

/** Restores what the plan allows and prints a warning where that fails; an install never fails because of it. */
export async function restoreCache(plan: CachePlan, runner: Runner): Promise<Restored> {
  const { policy, key } = plan
  const base = { key: '', matchedKey: '', bytes: 0, reason: policy.reason, wantsSave: false }
  if (policy.kind !== 'service') return { ...base, hit: 'off' }
  const miss = { ...base, key: key.primary, hit: 'miss', wantsSave: policy.access !== 'read' } as const
  if (policy.access === 'write') return miss
  const result = await (policy.protocol === 'v2' ? restoreV2(plan, runner) : restoreV1(plan))
  if (result.kind === 'trouble') {
    warning(result.warning)
    return { ...miss, wantsSave: false }
  }
  if (result.kind === 'miss') return miss
  const hit = { ...miss, matchedKey: result.key, bytes: result.bytes }
  return result.key === key.primary ? { ...hit, hit: 'exact', wantsSave: false } : { ...hit, hit: 'partial' }
}

function restoreV2(plan: CachePlan, runner: Runner): Promise<RestoreResult> {
  return restore({
    service: serviceOf(runner),
    key: plan.key.primary,
    restorePrefix: plan.key.restorePrefix,
    paths: [plan.path],
    version: plan.version,
    compression: plan.compression,
    workspace: runner.workspace,
    stallMs: runner.stallMs,
  })
}

/** GitHub Enterprise Server and act speak the older protocol, which @actions/cache knows. */
async function restoreV1({ path, key }: CachePlan): Promise<RestoreResult> {
  const cache = await import('@actions/cache')
  try {
    const matched = await cache.restoreCache([path], key.primary, [key.restorePrefix])
    return matched === undefined ? { kind: 'miss' } : { kind: 'hit', key: matched, bytes: 0 }
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    return { kind: 'trouble', warning: `Cache restore failed (${cause}); continuing without it.` }
  }
}

/** Saves an entry and says in one line what became of it; trouble is a warning. */
export async function saveCache({ cache, inputs, runner }: Prepared, uv: InstalledUv): Promise<void> {
  const { policy, path, key, mount, version } = cache
  if (policy.kind !== 'service') return
  const canLookUp = policy.protocol === 'v2' && policy.access === 'read-write'
  const result = await save({
    key: key.primary,
    path,
    content: inputs.cache.content,
    workspace: runner.workspace,
    uv,
    env: { ...runner.env, UV_CACHE_DIR: mount.directory },
    lookup: canLookUp ? { service: serviceOf(runner), version } : undefined,
    tokenIsReadOnly: tokenIsReadOnly(runner.env.ACTIONS_RUNTIME_TOKEN),
  })
  if (result.kind === 'exists') info(EXISTS)
  else if (result.kind === 'saved') info(`Cache saved as ${key.primary} (${result.reason}).`)
  else warning(result.warning)
}

function serviceOf({ env }: Runner): CacheService {
  return { url: env.ACTIONS_RESULTS_URL ?? '', token: env.ACTIONS_RUNTIME_TOKEN ?? '' }
}
