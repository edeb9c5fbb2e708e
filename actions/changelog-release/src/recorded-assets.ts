import type { Asset, AssetOutcome } from '@tokenledger/github'
import type { Known } from './known.ts'

/** Assets as they were verified, with what an upload of this run did with each. */
export function withActions(
  assets: readonly Asset[],
  outcomes: readonly (Pick<AssetOutcome, 'id'> & Partial<Pick<AssetOutcome, 'action'>>)[] = [],
): NonNullable<Known['assets']> {
  const actions = new Map(outcomes.map(({ id, action }) => [id, action]))
  return assets.map(asset => {
    const action = actions.get(asset.id)
    return { ...asset, ...(action ? { action } : {}) }
  })
}
