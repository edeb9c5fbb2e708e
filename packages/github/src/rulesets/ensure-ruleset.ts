import { UserError } from '@tokenledger/kit'
import { type GitHubClient, type GitHubResponse, wordsOf } from '../client.ts'
import { settled } from '../settled.ts'
import { NEEDS, refused } from './administration.ts'
import { changedFields } from './changed-fields.ts'
import { findRuleset } from './read-rulesets.ts'
import type { Ruleset, RulesetWish } from './ruleset.ts'

export interface RulesetOutcome {
  readonly kind: 'created' | 'changed' | 'already'
  readonly id: number
}

/**
 * Brings the ruleset of this name to what is wished; rulesets of other names stay as they are.
 * Throws UserErrors `…_NOT_ADMINISTRATOR`, `…_PLAN`, `…_RULESET_INVALID` and `…_NO_ANSWER`.
 */
export async function ensureRuleset(
  client: GitHubClient,
  repository: string,
  wish: RulesetWish,
): Promise<RulesetOutcome> {
  const path = `/repos/${repository}/rulesets`
  let live: Ruleset | undefined
  let existed = false
  const { kind, value } = await settled<Ruleset>(client, {
    call: `POST ${path}`,
    needs: NEEDS,
    async read() {
      live = await findRuleset(client, repository, wish.name)
      return live && changedFields(wish, live).length === 0 ? live : undefined
    },
    write() {
      existed = live !== undefined
      return live
        ? client.request('PUT', `${path}/${live.id}`, { body: wish })
        : client.request('POST', path, { body: wish })
    },
    made: answer => stored(client, answer, wish, live),
  })
  if (kind === 'already') return { kind, id: value.id }
  return { kind: existed ? 'changed' : 'created', id: value.id }
}

/** undefined when somebody else made, or removed, the ruleset meanwhile. */
function stored(
  client: GitHubClient,
  answer: GitHubResponse,
  { name }: RulesetWish,
  live: Ruleset | undefined,
): Ruleset | undefined {
  const { status } = answer
  if (status === 200 || status === 201) return answer.body as Ruleset
  if (status === 404 && live) return undefined
  if (status === 422) {
    if (!live && /must be unique/i.test(JSON.stringify(answer.body))) return undefined
    throw new UserError(
      `${client.errorPrefix}_RULESET_INVALID: GitHub does not take the ruleset "${name}" (${wordsOf(answer)})`,
    )
  }
  throw refused(client, `${live ? 'PUT' : 'POST'} of ruleset "${name}"`, answer)
}
