import {
  changedFields,
  type FieldChange,
  type Ruleset,
  type RulesetWish,
  type WorkflowPermissions,
} from '@tokenledger/github'
import type { Wish } from './wish.ts'

/** How a repository is protected now. */
export interface Live {
  /** Those whose names are ours, with their rules. */
  readonly rulesets: readonly Ruleset[]
  readonly otherRulesets: readonly string[]
  readonly immutableReleases: boolean
  readonly workflowPermissions: WorkflowPermissions
}

/** What is to be done to one setting. */
export type Difference =
  | { readonly kind: 'create'; readonly to: RulesetWish }
  | { readonly kind: 'change'; readonly changes: readonly FieldChange[] }
  | { readonly kind: 'equal' }

interface Named {
  /** As the settings page calls it. */
  readonly title: string
}
/** One setting, how it should be, and how far it is from that. */
export type PlannedRuleset = Named & { readonly ruleset: RulesetWish; readonly difference: Difference }
export type PlannedSetting = Named & { readonly difference: Difference }

/** Settings first, then rulesets; each can be brought about by itself. */
export interface Plan {
  readonly workflowPermissions: PlannedSetting
  readonly immutableReleases: PlannedSetting
  readonly rulesets: readonly PlannedRuleset[]
  /** Names of rulesets that stay as they are. */
  readonly untouched: readonly string[]
}

export function planOf(wish: Wish, live: Live): Plan {
  return {
    workflowPermissions: {
      title: 'workflow permissions',
      difference: differenceOf(
        Object.entries(wish.workflowPermissions).flatMap(([name, to]) => {
          const field = name as keyof WorkflowPermissions
          const from = live.workflowPermissions[field]
          return from === to ? [] : [{ field: FIELDS[field], from, to }]
        }),
      ),
    },
    immutableReleases: {
      title: 'immutable releases',
      difference: differenceOf(live.immutableReleases ? [] : [{ field: 'enabled', from: false, to: true }]),
    },
    rulesets: wish.rulesets.map(ruleset => plannedRuleset(ruleset, live)),
    untouched: live.otherRulesets,
  }
}

const FIELDS: Readonly<Record<keyof WorkflowPermissions, string>> = {
  defaultAccess: 'default permissions',
  mayOpenPulls: 'Actions may create and approve pull requests',
}

/** Everything that the plan looks at, in the order in which it is brought about. */
export function itemsOf({ workflowPermissions, immutableReleases, rulesets }: Plan): PlannedSetting[] {
  return [workflowPermissions, immutableReleases, ...rulesets]
}

/** How many settings differ. */
export function differences(plan: Plan): number {
  return itemsOf(plan).filter(({ difference }) => difference.kind !== 'equal').length
}

function plannedRuleset(ruleset: RulesetWish, { rulesets }: Live): PlannedRuleset {
  const live = rulesets.find(({ name }) => name === ruleset.name)
  const difference: Difference = live
    ? differenceOf(changedFields(ruleset, live))
    : { kind: 'create', to: ruleset }
  return { title: `ruleset "${ruleset.name}"`, ruleset, difference }
}

function differenceOf(changes: readonly FieldChange[]): Difference {
  return changes.length > 0 ? { kind: 'change', changes } : { kind: 'equal' }
}
