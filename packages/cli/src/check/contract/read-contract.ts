import { permissionsOf } from '../facts/permissions.ts'
import type { CompositeAction, Workflow } from '../model/workflow.ts'
import type { YamlItem } from '../model/yaml-item.ts'
import type { Asked, Contract, ValueType, WorkflowContract } from './contract.ts'

/** What a workflow declares under `workflow_call`, and the rights that its jobs ask for. */
export function workflowContract(workflow: Workflow): WorkflowContract {
  const call = workflow.events.get('workflow_call')
  const secrets = call?.get('secrets')?.entries() ?? []
  return {
    ...contract(call, item => typeNamed(item.get('type')?.text)),
    secrets: secrets.map(([name]) => name),
    requiredSecrets: secrets.filter(([, secret]) => isRequired(secret)).map(([name]) => name),
    permissions: asked(workflow),
  }
}

/** Each right once, with the first job that asks for it, or the workflow as a whole. */
function asked({ root, jobs }: Workflow): Asked[] {
  const found = new Map<string, Asked>()
  const askers = [
    ...jobs.map(job => ({ who: { job: job.id }, permissions: permissionsOf(job) })),
    { who: {}, permissions: root.get('permissions') },
  ]
  for (const { who, permissions } of askers)
    for (const [scope, { text }] of permissions?.entries() ?? []) {
      const key = `${scope} ${text}`
      if ((text === 'read' || text === 'write') && !found.has(key))
        found.set(key, { ...who, scope, right: text })
    }
  return [...found.values()]
}

/** What the description of an action declares. */
export function actionContract({ root }: CompositeAction): Contract {
  return contract(root, switchOrText)
}

function contract(item: YamlItem | undefined, typeOf: (input: YamlItem) => ValueType): Contract {
  const inputs = item?.get('inputs')?.entries() ?? []
  return {
    inputs: Object.fromEntries(inputs.map(([name, input]) => [name, typeOf(input)])),
    required: inputs.filter(([, input]) => isRequired(input)).map(([name]) => name),
    outputs: (item?.get('outputs')?.entries() ?? []).map(([name]) => name),
  }
}

function isRequired(item: YamlItem): boolean {
  return item.get('required')?.value === true && !item.get('default')
}

function typeNamed(text: string | undefined): ValueType {
  return text === 'boolean' || text === 'number' ? text : 'string'
}

/** Inputs of actions are texts; those of ours that take two words alone say so. */
function switchOrText(input: YamlItem): ValueType {
  const isSwitch = /^(?:true|false)$/.test(input.get('default')?.text ?? '')
  return isSwitch && /\btrue or false\b/.test(input.get('description')?.text ?? '') ? 'boolean' : 'string'
}
