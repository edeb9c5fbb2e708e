import { parseArgs } from 'node:util'
import { messageOf, UserError } from '@tokenledger/kit'

const FORMATS = ['text', 'json', 'sarif'] as const
export type Format = (typeof FORMATS)[number]

export interface CheckOptions {
  readonly path: string
  readonly format: Format
  readonly strict: boolean
}

export const USAGE = `[PATH] [--format text|json|sarif] [--strict]
  PATH       the checkout to look at; the current folder unless given
  --format   text (default), json, or sarif for code scanning
  --strict   warnings alone end with exit code 1 too
Exit codes: 0 nothing that is an error, 1 errors, 2 the call was not understood.
A comment mutes what is found at its line or the one below: # check: ignore[rule-id] reason`

/** Reads the arguments of `check`; a UserError with the usage for what it does not know. */
export function readOptions(args: readonly string[]): CheckOptions {
  const { values, positionals } = parse(args)
  const format = FORMATS.find(name => name === values.format)
  if (!format)
    throw new UserError(
      `--format: '${values.format}' is not one of ${FORMATS.join(', ')}.\nUsage: check ${USAGE}`,
    )
  const [path = '.', ...more] = positionals
  if (more.length > 0)
    throw new UserError(
      `check looks at one folder, but got ${positionals.join(', ')}.\nUsage: check ${USAGE}`,
    )
  return { path, format, strict: values.strict }
}

function parse(args: readonly string[]) {
  const options = {
    format: { type: 'string', default: 'text' },
    strict: { type: 'boolean', default: false },
  } as const
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (error) {
    throw new UserError(`${messageOf(error)}\nUsage: check ${USAGE}`)
  }
}
