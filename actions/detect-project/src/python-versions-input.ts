import { messageOf, UserError } from '@tokenledger/kit'
import { allowsPython, type Pyproject } from '@tokenledger/python-project'

const EXAMPLE = '["3.11", "3.12"]'

/**
 * The input `python-versions`: a JSON array, not empty, of version strings that requires-python allows. Anything else
 * is a UserError.
 */
export function pythonVersionsOf(text: string, { requiresPython }: Pyproject): string[] {
  const value = parse(text)
  if (!Array.isArray(value) || value.length === 0) {
    throw new UserError(
      `Input python-versions is ${text}; give an array that is not empty, such as ${EXAMPLE}.`,
    )
  }
  return [...new Set(value.map(entry => versionOf(entry, requiresPython)))]
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UserError(
      `Input python-versions is not valid JSON: ${messageOf(error)}. Give an array such as ${EXAMPLE}.`,
    )
  }
}

function versionOf(entry: unknown, requiresPython: string | undefined): string {
  if (typeof entry !== 'string') {
    throw new UserError(
      `Input python-versions holds ${JSON.stringify(entry)}; write versions as strings, such as ${EXAMPLE}: as a number, 3.10 is 3.1.`,
    )
  }
  if (!/^3\.\d+(\.\d+)?t?$/.test(entry)) {
    throw new UserError(
      `Input python-versions holds "${entry}"; write versions such as 3.11, 3.11.7 or 3.13t.`,
    )
  }
  if (allowsPython(requiresPython, entry)) return entry
  throw new UserError(
    `Python ${entry} does not satisfy requires-python "${requiresPython}" in pyproject.toml.`,
  )
}
