import { UserError } from '@tokenledger/kit'
import { fields, list, text, type Workflow } from './workflow.ts'

/** What `workflow_dispatch` gets, by name; GitHub sends all values as text. */
export type DispatchInputs = Readonly<Record<string, string>>

/**
 * The inputs of a workflow that is started by hand: those that are given, and the defaults of the others. A UserError for
 * what GitHub would refuse: a name that the workflow does not declare, a value that is no option, a missing required one.
 */
export function dispatchInputs({ on, file }: Workflow, given: DispatchInputs): DispatchInputs {
  const declared = Object.entries(fields(fields(on.workflow_dispatch).inputs))
  const names = declared.map(([name]) => name)
  const unknown = Object.keys(given).find(name => !names.includes(name))
  if (unknown !== undefined)
    throw new UserError(`${file} has no input "${unknown}". Its inputs are: ${names.join(', ') || 'none'}.`)
  return Object.fromEntries(
    declared.map(([name, input]) => [name, inputValue(file, name, fields(input), given[name])]),
  )
}

function inputValue(
  file: string,
  name: string,
  input: Record<string, unknown>,
  given: string | undefined,
): string {
  const options = input.type === 'boolean' ? ['true', 'false'] : list(input.options)
  const first = input.type === 'choice' ? options[0] : input.type === 'boolean' ? 'false' : ''
  const value = given ?? text(input.default) ?? first ?? ''
  if (options.length > 0 && !options.includes(value))
    throw new UserError(`${file}: input ${name} is "${value}"; allowed: ${options.join(', ')}.`)
  if (input.required === true && value === '')
    throw new UserError(`${file} requires the input ${name}. Give it by --input ${name}=VALUE.`)
  return value
}
