import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parse } from 'yaml'
import { actionFolders, root } from '../repository.ts'

interface Parameter {
  readonly description?: string
  readonly required?: boolean
  readonly default?: unknown
  readonly type?: string
}
type Parameters = Readonly<Record<string, Parameter | null>>
interface Contract {
  readonly inputs: Parameters
  readonly outputs: Parameters
}

/** The READMEs of the actions and the pages of the reusable workflows, with fresh tables between their markers. */
export function documents(): Map<string, string> {
  const pages = [...actionPages(), ...workflowPages()].filter(([page]) => existsSync(join(root, page)))
  return new Map(pages.map(([page, contract]) => [page, withTables(page, contract)]))
}

function actionPages(): [string, Contract][] {
  return actionFolders().map(name => {
    const { inputs, outputs } = readYaml(`actions/${name}/action.yml`)
    return [`actions/${name}/README.md`, { inputs: inputs ?? {}, outputs: outputs ?? {} }]
  })
}

function workflowPages(): [string, Contract][] {
  return readdirSync(join(root, '.github', 'workflows')).flatMap((file): [string, Contract][] => {
    const call = readYaml(`.github/workflows/${file}`).on?.workflow_call
    if (!call) return []
    return [[`docs/${basename(file, '.yml')}.md`, { inputs: call.inputs ?? {}, outputs: call.outputs ?? {} }]]
  })
}

function withTables(page: string, { inputs, outputs }: Contract): string {
  const text = readFileSync(join(root, page), 'utf8')
  return between(page, between(page, text, 'inputs', inputTable(inputs)), 'outputs', outputTable(outputs))
}

/** A page with this text between its markers. */
export function between(page: string, text: string, name: string, table: string): string {
  const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`]
  const from = text.indexOf(start)
  const to = text.indexOf(end)
  if (from < 0 || to < from) throw new Error(`${page} has no ${start} … ${end} to hold its table.`)
  return `${text.slice(0, from + start.length)}\n\n${table}\n\n${text.slice(to)}`
}

function inputTable(inputs: Parameters): string {
  const rows = Object.entries(inputs).map(([name, input]) => {
    const fallback = input?.required ? '**required**' : input?.default ? code(String(input.default)) : ''
    return `| \`${name}\` | ${fallback} | ${cell(input?.description)} |`
  })
  return rows.length > 0
    ? ['| input | default | meaning |', '| --- | --- | --- |', ...rows].join('\n')
    : 'None.'
}

function outputTable(outputs: Parameters): string {
  const rows = Object.entries(outputs).map(
    ([name, output]) => `| \`${name}\` | ${cell(output?.description)} |`,
  )
  return rows.length > 0 ? ['| output | meaning |', '| --- | --- |', ...rows].join('\n') : 'None.'
}

function cell(text = ''): string {
  return text.trim().replace(/\s+/g, ' ').replaceAll('|', '\\|')
}

function code(text: string): string {
  return `\`${cell(text)}\``
}

// biome-ignore lint/suspicious/noExplicitAny: a parsed contract; the contract tests check its shape
function readYaml(path: string): any {
  return parse(readFileSync(join(root, path), 'utf8'))
}
