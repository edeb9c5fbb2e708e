import { randomUUID } from 'node:crypto'
import { appendFileSync } from 'node:fs'

/** A failure that the workflow's author can mend; `run` prints its message and nothing else. */
export class Failure extends Error {}

/** An input's value, trimmed; the runner has filled in the default. */
export function input(name) {
  return (process.env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] ?? '').trim()
}

/** A boolean input, with the spellings of YAML 1.2 that GitHub accepts. */
export function flag(name) {
  const value = input(name)
  if (/^(true|True|TRUE)$/.test(value)) return true
  if (/^(false|False|FALSE|)$/.test(value)) return false
  throw new Failure(`Input ${name} is "${value}"; allowed: true, false.`)
}

/** One of a closed set of words; the first one is the default. */
export function oneOf(name, allowed) {
  const value = input(name) || allowed[0]
  if (!allowed.includes(value))
    throw new Failure(`Input ${name} is "${value}"; allowed: ${allowed.join(', ')}.`)
  return value
}

export function setOutput(name, value) {
  writeCommandFile('GITHUB_OUTPUT', name, value)
}

/** Hands a value to the action's post step. */
export function saveState(name, value) {
  writeCommandFile('GITHUB_STATE', name, value)
}

function writeCommandFile(variable, name, value) {
  const end = `end-${randomUUID()}`
  if (process.env[variable]) appendFileSync(process.env[variable], `${name}<<${end}\n${value}\n${end}\n`)
}

export const info = message => console.log(message)
export const notice = message => command('notice', message)
export const warning = message => command('warning', message)
export const mask = secret => command('add-mask', secret)

function command(name, message) {
  const escaped = message.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
  console.log(`::${name}::${escaped}`)
}

/** Runs an action; what it throws becomes one error annotation and exit code 1. */
export async function run(main) {
  try {
    await main()
  } catch (error) {
    command('error', error instanceof Failure ? error.message : String(error?.stack ?? error))
    process.exitCode = 1
  }
}
