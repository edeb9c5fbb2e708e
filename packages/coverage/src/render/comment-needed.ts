import { ratioOf } from '../model/totals.ts'
import type { CoverageView } from './coverage-view.ts'

export type CommentMode = 'auto' | 'always' | 'on-failure' | 'off'

export interface CommentNeed {
  /** `update` brings a comment that is there up to date, and creates none: an old one must not tell of a failure that is gone. */
  readonly action: 'create-or-update' | 'update' | 'none'
  readonly reason: string
}

/** Whether a comment has something to say: a failure, or with `auto` also coverage that the change touches. */
export function commentNeeded(mode: CommentMode, view: CoverageView): CommentNeed {
  const { verdict, errors, links } = view
  if (mode === 'off') return { action: 'none', reason: 'comment is off' }
  if (links.pull === undefined) return { action: 'none', reason: 'this run is not for a pull request' }
  if (mode === 'always') return { action: 'create-or-update', reason: 'comment is always' }
  if (verdict.gate === 'fail') return { action: 'create-or-update', reason: 'the gate failed' }
  if (errors.length > 0) return { action: 'create-or-update', reason: 'the report has problems' }
  if (mode === 'on-failure') return { action: 'update', reason: 'nothing failed' }
  const affected = affectedBy(view)
  return affected
    ? { action: 'create-or-update', reason: affected }
    : { action: 'update', reason: 'coverage is not affected and nothing failed' }
}

function affectedBy({ patch, total, base }: CoverageView): string | undefined {
  if (patch.kind === 'unknown') return 'the changed lines are not known'
  if (patch.valid > 0) return 'changed lines are measured'
  if (!base) return undefined
  const [before, after] = [ratioOf(base.total), ratioOf(total)]
  const same = before.covered === after.covered && before.valid === after.valid
  return same ? undefined : 'the total differs from the base'
}
