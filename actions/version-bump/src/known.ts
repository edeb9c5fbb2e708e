import type { Plan } from './plan.ts'

/** What is known of a run, for outputs and summary; a failure leaves the later parts out. */
export interface Known {
  plan?: Plan
  /** Of mode tag, which plans nothing. */
  version?: string
  tag?: string
  changed?: boolean
  reason?: string
  commit?: { readonly sha: string; readonly verified?: boolean; readonly kind: 'created' | 'already' }
  pull?: { readonly number: number; readonly url: string; readonly kind: 'created' | 'updated' | 'unchanged' }
  /** Numbers of older ones that were closed. */
  closed?: readonly number[]
  tagged?: 'created' | 'already'
  release?: { readonly url: string; readonly kind: 'created' | 'already' }
  written?: readonly string[]
  /** One line each. */
  readonly warnings: string[]
  failure?: string
}
