import { notFound, unprocessable } from '../api-error.ts'
import { ruleModel, rulesetModel } from '../ruleset-model.ts'
import { now, type Routes, type Ruleset, type World } from '../world.ts'

export const rulesetRoutes: Routes = {
  // The list says neither what a ruleset demands nor where.
  'GET /repos/{owner}/{repo}/rulesets': ({ world }) => ({
    status: 200,
    body: world.records.rulesets.map(ruleset => rulesetModel(world, ruleset)),
  }),

  'POST /repos/{owner}/{repo}/rulesets': ({ body, world }) => {
    const fields = body as unknown as Pick<Ruleset, 'name' | 'enforcement'> & Partial<Ruleset>
    demandUnique(world, fields.name)
    const ruleset: Ruleset = {
      target: 'branch',
      bypass_actors: [],
      conditions: {},
      ...fields,
      rules: (fields.rules ?? []).map(ruleModel),
      id: world.nextId(),
      createdAt: now(),
      updatedAt: now(),
    }
    world.records.rulesets.push(ruleset)
    return { status: 201, body: wholeModel(world, ruleset) }
  },

  'GET /repos/{owner}/{repo}/rulesets/{ruleset_id}': ({ params, world }) => ({
    status: 200,
    body: wholeModel(world, rulesetOf(world, params.ruleset_id)),
  }),

  'PUT /repos/{owner}/{repo}/rulesets/{ruleset_id}': ({ params, body, world }) => {
    const ruleset = rulesetOf(world, params.ruleset_id)
    const fields = body as Partial<Ruleset>
    if (fields.name !== undefined) demandUnique(world, fields.name, ruleset)
    const rules = (fields.rules ?? ruleset.rules).map(ruleModel)
    Object.assign(ruleset, fields, { rules, updatedAt: now() })
    return { status: 200, body: wholeModel(world, ruleset) }
  },
}

function rulesetOf({ records }: World, id: string | undefined): Ruleset {
  const found = records.rulesets.find(ruleset => `${ruleset.id}` === id)
  if (!found) throw notFound()
  return found
}

function demandUnique({ records }: World, name: string, but?: Ruleset): void {
  const another = records.rulesets.find(ruleset => ruleset.name === name)
  if (another && another !== but) throw unprocessable('Ruleset', 'name', 'Name must be unique')
}

function wholeModel(world: World, ruleset: Ruleset): object {
  const { conditions, rules, bypass_actors } = ruleset
  return {
    ...rulesetModel(world, ruleset),
    conditions,
    rules,
    // Only those who may change a ruleset see who is let through.
    ...(mayAdminister(world) ? { bypass_actors } : {}),
  }
}

function mayAdminister({ settings }: World): boolean {
  return settings.permissions === undefined || settings.permissions.administration === 'write'
}
