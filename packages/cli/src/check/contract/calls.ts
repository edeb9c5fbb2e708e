import { calleeOf } from '../facts/calls.ts'
import type { Spot } from '../finding.ts'
import type { Step } from '../model/step.ts'
import { isOurs, type Uses } from '../model/uses.ts'
import type { Job } from '../model/workflow.ts'
import type { YamlItem } from '../model/yaml-item.ts'
import type { Repository } from '../repository.ts'
import type { Contract, WorkflowContract } from './contract.ts'
import { actionContract, workflowContract } from './read-contract.ts'

/** The release of this suite that this program knows. */
const KNOWN_REF = 'v1'

/** A call whose other side is known: a file of this repository, or a part of this suite. */
export interface Call<Of extends Contract> {
  /** The job or step that calls. */
  readonly item: YamlItem
  readonly uses: YamlItem
  /** What is called, as messages name it. */
  readonly name: string
  readonly contract: Of
  /** The version of this suite that is called, where it is another one than this program knows. */
  readonly otherRef: string | undefined
}
export type WorkflowCall = Call<WorkflowContract> & { readonly job: Job }

/** The call of a workflow that a job is, if that workflow is known. */
export function workflowCall(job: Job, repository: Repository): WorkflowCall | undefined {
  const uses = job.item.get('uses')
  if (!uses || !job.uses) return undefined
  const callee = calleeOf(job, repository)
  if (callee) {
    const contract = workflowContract(callee)
    return { job, item: job.item, uses, name: callee.file, contract, otherRef: undefined }
  }
  const file = ownPath(job.uses)?.replace(/^\.github\/workflows\//, '') ?? ''
  const contract = own(repository.ours?.workflows, file)
  return contract && { job, item: job.item, uses, name: file, contract, otherRef: otherRef(job.uses, uses) }
}

/** The call of an action that a step is, if that action is known. */
export function actionCall({ item, uses }: Step, repository: Repository): Call<Contract> | undefined {
  const at = item.get('uses')
  if (!at || !uses) return undefined
  if (uses.kind === 'local') {
    const action = repository.actions.find(({ path }) => path.replace(/\/?action\.ya?ml$/, '') === uses.path)
    return (
      action && { item, uses: at, name: uses.path, contract: actionContract(action), otherRef: undefined }
    )
  }
  const path = ownPath(uses)
  const contract = path === undefined ? undefined : own(repository.ours?.actions, path)
  return (
    contract && {
      item,
      uses: at,
      name: path || 'tokenledger-actions',
      contract,
      otherRef: otherRef(uses, at),
    }
  )
}

/** The path of a part of this suite, without a slash at its end; undefined for anything else. */
export function ownPath(uses: Uses): string | undefined {
  return uses.kind === 'remote' && isOurs(uses) ? uses.path.replace(/\/$/, '') : undefined
}

/** What is found in a call of another version is only a note: that version may know better. */
export function spotIn({ otherRef }: Pick<Call<Contract>, 'otherRef'>, spot: Spot): Spot {
  if (otherRef === undefined) return spot
  return {
    ...spot,
    level: 'note',
    message: `${spot.message}, as far as ${KNOWN_REF} goes; ${otherRef} may differ`,
  }
}

/** The version that is called, by the comment beside it for a commit, where it is not the one that this program knows. */
export function otherRef(uses: Uses, at: YamlItem): string | undefined {
  const ref = uses.kind === 'remote' ? uses.ref : ''
  const beside = /^[0-9a-f]{40}$/.test(ref) ? /#\s*(v?\d\S*)/.exec(at.line)?.[1] : undefined
  return ref === KNOWN_REF || beside === KNOWN_REF ? undefined : (beside ?? ref)
}

function own<Entry>(entries: Readonly<Record<string, Entry>> | undefined, name: string): Entry | undefined {
  return entries && Object.hasOwn(entries, name) ? entries[name] : undefined
}
