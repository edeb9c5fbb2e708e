import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { OwnContract } from '../../../cli/src/check/contract/contract.ts'
import { actionContract, workflowContract } from '../../../cli/src/check/contract/read-contract.ts'
import { readAction, readWorkflow } from '../../../cli/src/check/model/workflow.ts'
import { actionFolders, root } from '../repository.ts'

const FILE = 'packages/cli/src/check/contract/own-contract.json'
const WORKFLOWS = '.github/workflows'
const SETUP = 'actions/setup-uv-python'

/** What `check` compares calls of ours with: what the descriptions of the actions and the workflows declare. */
export function contractFile(): Map<string, string> {
  const actions = actionFolders().map(name => [`actions/${name}`, action(`actions/${name}`)] as const)
  // The set-up action is called by three paths; the empty one is the root.
  const aliases = ['', 'setup'].map(path => [path, action(SETUP)] as const)
  return new Map([
    [FILE, lines({ actions: Object.fromEntries([...aliases, ...actions]), workflows: workflows() })],
  ])
}

function action(path: string) {
  return actionContract(readAction(`${path}/action.yml`, text(`${path}/action.yml`)))
}

function workflows(): OwnContract['workflows'] {
  const called = readdirSync(join(root, WORKFLOWS))
    .filter(file => !file.startsWith('self-'))
    .sort()
    .map(file => readWorkflow(`${WORKFLOWS}/${file}`, text(`${WORKFLOWS}/${file}`)))
    .filter(({ events }) => events.has('workflow_call'))
  return Object.fromEntries(called.map(workflow => [workflow.file, workflowContract(workflow)]))
}

function text(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

/** One line for each action and workflow, so that a change is seen where it is. */
function lines(contract: OwnContract): string {
  const groups = Object.entries(contract).map(([kind, entries]) => {
    const rows = Object.entries(entries).map(
      ([name, entry]) => `    ${JSON.stringify(name)}: ${JSON.stringify(entry)}`,
    )
    return `  ${JSON.stringify(kind)}: {\n${rows.join(',\n')}\n  }`
  })
  return `{\n${groups.join(',\n')}\n}\n`
}
