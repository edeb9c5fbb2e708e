import { UserError } from '@tokenledger/kit'

/** What only a shell would understand; outside of quotes it would otherwise reach the program as a strange argument. */
const SHELL = /&&|\|\||[|&;<>()$`*?[\]{}\\]|^[~#]/
const IN_QUOTES = /[$`\\]/

/**
 * Splits a command line into program and arguments: white space separates, single and double quotes keep together.
 * There is no shell, so what needs one (`&&`, `|`, `$NAME`, back quotes, globs, an assignment before the program) is a
 * UserError, and so are an open quote and an empty line. `$` and a back quote mean nothing in single quotes.
 */
export function splitWords(command: string): string[] {
  const words: string[] = []
  const token = /(\s+)|'([^']*)'|"([^"]*)"|([^\s'"]+)|(['"])/gy
  let word: string | undefined
  for (const [, space, single, double, bare, open] of command.trim().matchAll(token)) {
    if (open) throw refusal(command, `${open} is never closed`)
    if (space?.includes('\n')) throw refusal(command, 'it has several lines, which only a shell runs')
    const shell = IN_QUOTES.exec(double ?? '') ?? SHELL.exec(bare ?? '')
    if (shell) throw refusal(command, `"${shell[0]}" needs a shell, and none is used`)
    if (space === undefined) {
      word = (word ?? '') + (single ?? double ?? bare ?? '')
    } else {
      if (word !== undefined) words.push(word)
      word = undefined
    }
  }
  if (word !== undefined) words.push(word)
  const [program] = words
  if (!program) throw new UserError('Input command is empty. Give a program and its arguments.')
  if (/^\w+=/.test(program)) {
    const name = program.split('=', 1)[0]
    throw refusal(command, `"${name}=" sets a variable as a shell would`, 'Set it with env: of the step')
  }
  return words
}

function refusal(
  command: string,
  why: string,
  remedy = 'Put the command into a script and name that',
): UserError {
  return new UserError(`Input command ${JSON.stringify(command)}: ${why}. ${remedy}.`)
}
