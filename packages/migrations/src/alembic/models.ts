import type { AlembicOptions } from '../alembic-tool.ts'
import type { Session } from '../database/session.ts'
import type { Problem } from '../problem.ts'
import type { ProjectPlace } from '../tool.ts'

export type ModelDrift =
  | { readonly verdict: 'same' }
  | { readonly verdict: 'different'; readonly problems: readonly Problem[] }
  | { readonly verdict: 'skipped'; readonly reason: string }

/** What `alembic check` says about the models and the session's database, which must be at the head. */
export async function modelDrift(
  _session: Session,
  _place: ProjectPlace,
  _options: AlembicOptions,
): Promise<ModelDrift> {
  throw new Error('not built yet')
}
