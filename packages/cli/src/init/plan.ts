import { type Adopter, WORKFLOWS } from './adopter.ts'
import { contributingOutcome } from './contributing.ts'
import { dependabotOutcome } from './dependabot.ts'
import { referenceInUse } from './known-templates.ts'
import { cliffOutcome, codeownersOutcome } from './new-files.ts'
import { joined, type Outcome } from './outcome.ts'
import { pyprojectOutcomes } from './pyproject-tables.ts'
import { readmeOutcome } from './readme.ts'
import { DEFAULT_REFERENCE, type Reference } from './reference.ts'
import { workflowOutcomes } from './workflows.ts'

/** What becomes of every file of the set-up; nothing is written here, and the same repository gives the same plan. */
export function planFiles(adopter: Adopter, given: Reference | undefined): Outcome[] {
  const reference = given ?? referenceOf(adopter) ?? DEFAULT_REFERENCE
  const workflows = workflowOutcomes(adopter, { reference, isGiven: given !== undefined })
  const planned = workflows.filter(({ kind }) => kind === 'write').map(({ path }) => path)
  return joined([
    ...workflows,
    dependabotOutcome(adopter),
    ...pyprojectOutcomes(adopter),
    cliffOutcome(adopter),
    codeownersOutcome(adopter),
    contributingOutcome(adopter),
    readmeOutcome(adopter, planned),
  ])
}

/** A copy of ours, or a pinned commit, that a workflow of the project calls already. */
function referenceOf({ workflows, read }: Adopter): Reference | undefined {
  return workflows.flatMap(name => referenceInUse(name, read(`${WORKFLOWS}/${name}`) ?? '') ?? [])[0]
}
