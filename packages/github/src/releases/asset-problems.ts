import { UserError } from '@tokenledger/kit'
import type { Asset } from './asset.ts'
import { assetFinder } from './stored-name.ts'

export interface ExpectedAsset {
  readonly name: string
  /** `sha256:<hex>` */
  readonly digest: string
  /** In bytes. */
  readonly size?: number
}

/** Where a release does not hold what it should. */
export type AssetProblem =
  | { readonly kind: 'missing' | 'unexpected'; readonly name: string }
  | { readonly kind: 'differs'; readonly name: string; readonly theirs: string; readonly ours: string }

/** Compares assets, with their digests, with all that a release should hold, in the order of what is expected. */
export function assetProblems(
  assets: readonly Asset[],
  expected: readonly ExpectedAsset[],
): readonly AssetProblem[] {
  const find = assetFinder(expected)
  const pairs = expected.map(wish => ({ wish, asset: find(assets, wish) }))
  const known = new Set(pairs.map(({ asset }) => asset))
  const unexpected = assets.filter(asset => !known.has(asset))
  return [
    ...pairs.flatMap(({ wish, asset }) => problemOf(wish, asset) ?? []),
    ...unexpected.map(({ name }) => ({ kind: 'unexpected', name }) as const),
  ]
}

function problemOf(wish: ExpectedAsset, asset: Asset | undefined): AssetProblem | undefined {
  const { name } = wish
  if (asset?.state !== 'uploaded') return { kind: 'missing', name }
  if (asset.digest !== wish.digest) {
    return { kind: 'differs', name, theirs: asset.digest ?? 'no digest', ours: wish.digest }
  }
  if (wish.size === undefined || asset.size === wish.size) return undefined
  return { kind: 'differs', name, theirs: `${asset.size} bytes`, ours: `${wish.size} bytes` }
}

/** What a person is told of a draft; the first kind of problem with all its names. */
export function draftDiffers(problems: readonly AssetProblem[]): UserError {
  const [first, ...others] = problems
  const names = problems.filter(({ kind }) => kind === first?.kind).map(({ name }) => name)
  if (first?.kind === 'differs')
    return digestMismatch(first, others.length > 0 ? `, and ${others.length} more differ` : '')
  return first?.kind === 'missing'
    ? new UserError(
        `RELEASE_ASSET_MISSING: the release lacks ${names.join(', ')}; run this job again, it uploads what is not there`,
      )
    : new UserError(
        `RELEASE_UNEXPECTED_ASSET: the release holds ${names.join(', ')}, which this run did not make; delete it from the draft, or add it to files`,
      )
}

/** `rest` is what else there is to say, such as ` after 5 tries`. */
export function digestMismatch(
  { name, theirs, ours }: Omit<Extract<AssetProblem, { kind: 'differs' }>, 'kind'>,
  rest: string,
): UserError {
  return new UserError(
    `RELEASE_DIGEST_MISMATCH: GitHub holds ${theirs} for ${name}, the file is ${ours}${rest}`,
  )
}

/** What a person is told of a published release that is not what this run would publish. */
export function publishedDiffers(tag: string, problem: AssetProblem): UserError {
  return new UserError(
    `RELEASE_PUBLISHED_DIFFERS: published ${tag} ${difference(problem)}; a published release is never changed`,
  )
}

function difference(problem: AssetProblem): string {
  const { kind, name } = problem
  if (kind === 'differs') return `has ${name} ${problem.theirs}, this run has ${problem.ours}`
  return kind === 'missing' ? `has no ${name}, this run has it` : `has ${name}, this run does not`
}
