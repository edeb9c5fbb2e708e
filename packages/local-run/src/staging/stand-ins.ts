import { existsSync } from 'node:fs'
import { cp, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '@tokenledger/kit'
import type { ThirdParty } from './references.ts'

/**
 * Copies the stand-ins of third-party actions to `folder` and returns what act is told about them:
 * `owner/repository@ref` → the copy. A UserError that names every action without a stand-in in `source`.
 */
export async function stageStandIns(
  source: string,
  actions: readonly ThirdParty[],
  folder: string,
): Promise<ReadonlyMap<string, string>> {
  const missing = actions.filter(action => !hasStandIn(source, action))
  if (missing.length > 0) throw new UserError(missingMessage(source, missing))
  for (const repository of new Set(actions.map(action => action.repository))) {
    await copyWithShared(source, repository, folder)
  }
  return new Map(actions.map(({ repository, ref }) => [`${repository}@${ref}`, join(folder, repository)]))
}

/** act sees one stand-in's folder and nothing else, so what they share goes into each copy. */
async function copyWithShared(source: string, repository: string, folder: string): Promise<void> {
  const copy = join(folder, repository)
  await cp(join(source, repository), copy, { recursive: true })
  await cp(join(source, 'shared'), join(copy, 'shared'), { recursive: true })
  for (const name of (await readdir(copy)).filter(file => file.endsWith('.mjs'))) {
    const text = await readFile(join(copy, name), 'utf8')
    await writeFile(join(copy, name), text.replaceAll("from '../../shared/", "from './shared/"))
  }
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
