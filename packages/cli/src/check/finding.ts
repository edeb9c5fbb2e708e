import type { Repository } from './repository.ts'

export type Level = 'error' | 'warning' | 'note'

/** A spot in a file of the repository; line and column count from 1. */
export interface Place {
  readonly path: string
  readonly line: number
  readonly column: number
}

/** What a rule found at one place. Level and fix are the rule's own unless given. */
export interface Spot {
  readonly at: Place
  /** What is there, as a sentence without a full stop. */
  readonly message: string
  readonly level?: Level
  readonly fix?: string
}

/** One thing that can be wrong with a set-up. */
export interface Rule {
  /** Kebab-case; what a comment mutes it by. */
  readonly id: string
  /** `error`: it does not work, or hands out what it must not. `warning`: it works until the day it does not. `note`: only this program may not know. */
  readonly level: Level
  readonly why: string
  readonly fix: string
  find(repository: Repository): Iterable<Spot>
}

export interface Finding extends Place {
  readonly rule: string
  readonly level: Level
  readonly message: string
  readonly why: string
  readonly fix: string
}

/** A finding that a comment in the file turns off, with the comment's reason. */
export interface MutedFinding extends Finding {
  readonly reason: string
}
