import { withoutRowValues } from '@tokenledger/migrations'
import type { Findings } from './findings.ts'

/** Messages as they may be shown: those of a remote database without the rows that the server or a tool quotes. */
export function presentable<T extends { readonly message: string }>(
  { remote }: Pick<Findings, 'remote'>,
  items: readonly T[],
): readonly T[] {
  return remote ? items.map(item => ({ ...item, message: withoutRowValues(item.message) })) : items
}
