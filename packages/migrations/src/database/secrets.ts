import type { Target } from './target.ts'

export interface Secrets {
  /** What the runner has to mask, each spelling by itself. */
  readonly masked: string[]
  readonly warning?: string
}

export function secretsOf(_target: Target, _rawUrl?: string, _repository?: string): Secrets {
  throw new Error('not built yet')
}

/** Replaces the password in everything that a program or the server says. */
export function redactor(_target: Target, _rawUrl?: string): (text: string) => string {
  throw new Error('not built yet')
}
