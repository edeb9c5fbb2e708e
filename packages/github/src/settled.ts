import { setTimeout as sleep } from 'node:timers/promises'
import { type GitHubClient, GitHubRefusal, type GitHubResponse } from './client.ts'
import { brokeOff, type Call, writeProblem } from './write-problem.ts'

/** A state of the repository that is to be brought about by one write. */
export interface Step<T> extends Call {
  /** The state where it is there already; undefined when it has to be made. Throws when it cannot be made any more. */
  read(): Promise<T | undefined>
  write(): Promise<GitHubResponse>
  /** What the answer gives; undefined when somebody else changed the state, so that it has to be read again. */
  made(answer: GitHubResponse): T | undefined
}

export interface Settled<T> {
  readonly kind: 'created' | 'already'
  readonly value: T
}

/**
 * Reads the state and writes only where it is not there. An answer that got lost says nothing of what was done: the state
 * is read again then, and decides. So a second run, or a second try, never makes anything twice.
 * Throws UserErrors for what GitHub refuses, and for a GitHub that does not answer.
 */
export async function settled<T>(client: GitHubClient, step: Step<T>): Promise<Settled<T>> {
  let sent = false
  for (let round = 0; ; round++) {
    const found = await explained(client, step, () => step.read())
    if (found !== undefined) return { kind: sent ? 'created' : 'already', value: found }
    const { value, lost, unclear } = await attempt(client, step)
    if (value !== undefined) return { kind: 'created', value }
    sent ||= lost
    const wait = client.waits[round]
    if (wait === undefined) throw writeProblem(client, unclear, step)
    await sleep(wait)
  }
}

interface Attempt<T> {
  readonly value?: T
  /** It may have been done. */
  readonly lost: boolean
  readonly unclear?: unknown
}

async function attempt<T>(client: GitHubClient, step: Step<T>): Promise<Attempt<T>> {
  let answer: GitHubResponse
  try {
    answer = await step.write()
  } catch (error) {
    const told = writeProblem(client, error, step)
    if (told === error) throw error
    return { lost: true, unclear: error }
  }
  const unclear = new GitHubRefusal(step.call, answer)
  if (brokeOff(answer)) return { lost: true, unclear }
  const value = await explained(client, step, async () => step.made(answer))
  return value === undefined ? { lost: false, unclear } : { value, lost: false }
}

/** Runs something that asks GitHub, and throws what a person is told when it fails. */
export async function explained<T>(client: GitHubClient, call: Call, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw writeProblem(client, error, call)
  }
}
