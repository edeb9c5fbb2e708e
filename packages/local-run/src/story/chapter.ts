import type { Played } from '../play.ts'
import { isGood } from '../record/verdict.ts'
import type { IndexPage } from '../report/index-page.ts'
import type { PullPage } from '../report/pull-page.ts'
import type { ReleasePage } from '../report/release-page.ts'

/** A page that a person would look at. */
export type Page =
  | { readonly kind: 'run'; readonly played: Played }
  | { readonly kind: 'pull'; readonly pull: PullPage }
  | { readonly kind: 'release'; readonly release: ReleasePage }
  | { readonly kind: 'index'; readonly index: IndexPage }

/** What came of a chapter. */
export interface Told {
  readonly isGood: boolean
  /** What there is now, or what went wrong, in one line. */
  readonly result: string
  readonly pages: readonly Page[]
}

/** A chapter as the closing table and the report have it. */
export interface Chapter extends Told {
  readonly title: string
  /** False when an earlier one has failed. */
  readonly wasReached: boolean
  readonly seconds: number
}

/** A chapter that is a run: it went well when its jobs did and `outcome` finds what they were to bring; undefined is nothing. */
export function toldRun(played: Played, outcome: () => string | undefined, none: string): Told {
  const bad = played.verdicts.filter(verdict => !isGood(verdict.outcome))
  const pages = [{ kind: 'run', played }] as const
  if (bad.length > 0)
    return { isGood: false, result: `failed: ${bad.map(({ name }) => name).join(', ')}`, pages }
  const result = outcome()
  return { isGood: result !== undefined, result: result ?? none, pages }
}
