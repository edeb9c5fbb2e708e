import type { Step } from '../model/step.ts'
import { isOurs } from '../model/uses.ts'
import type { Job } from '../model/workflow.ts'
import type { OwnContract } from './contract.ts'

/** The contract of this suite, read only where something of it is called. */
export async function ownContract(callers: readonly (Job | Step)[]): Promise<OwnContract | undefined> {
  if (!callers.some(({ uses }) => uses && isOurs(uses))) return undefined
  const { default: contract } = await import('./own-contract.json', { with: { type: 'json' } })
  // JSON knows no unions of texts; a test compares the file with what it was generated from.
  return contract as unknown as OwnContract
}
