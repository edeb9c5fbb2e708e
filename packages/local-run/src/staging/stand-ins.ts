import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '@tokenledger/kit'
import type { ThirdParty } from './references.ts'

/**
 * What act is told about third-party actions: `owner/repository@ref` → the folder that stands in for it.
 * A UserError that names every action without one.
 */
export function standInsFor(folder: string, actions: readonly ThirdParty[]): ReadonlyMap<string, string> {
  const missing = actions.filter(action => !hasStandIn(folder, action))
  if (missing.length > 0) throw new UserError(missingMessage(folder, missing))
  return new Map(actions.map(({ repository, ref }) => [`${repository}@${ref}`, join(folder, repository)]))
}

function hasStandIn(folder: string, { repository, path }: ThirdParty): boolean {
  return ['action.yml', 'action.yaml'].some(file => existsSync(join(folder, repository, path, file)))
}

function missingMessage(folder: string, missing: readonly ThirdParty[]): string {
  const lines = missing.map(({ repository, path, ref, usedBy }) => {
    const action = path ? `${repository}/${path}` : repository
    return `${usedBy} uses ${action}@${ref}, and there is no ${join(folder, action, 'action.yml')}.`
  })
  return `${lines.join('\n')}\nA local run has no GitHub to fetch actions from: add a stand-in there with the inputs and outputs that you use, or leave the job out by --job.`
}
