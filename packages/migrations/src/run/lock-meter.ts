import type { Session } from '../database/session.ts'
import type { MeasuredLock } from './applied.ts'

export async function locksOf(_session: Session, _mainPid: number): Promise<MeasuredLock[]> {
  throw new Error('not built yet')
}

/** The strongest lock; of two equal ones the one that comes with a rewrite, else the first. */
export function strongest(_locks: readonly MeasuredLock[]): MeasuredLock | undefined {
  throw new Error('not built yet')
}
