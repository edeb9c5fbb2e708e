import { readFileSync } from 'node:fs'
import { relative, resolve, sep } from 'node:path'
import { UserError } from '@tokenledger/kit'
import type { ProjectPlace } from '@tokenledger/migrations'

type Environment = Readonly<Record<string, string | undefined>>

/** The checkout and the project's folder in it; a UserError when the folder lies outside or holds nothing. */
export function placeIn(
  workspace: string,
  workingDirectory: string,
  entries: readonly string[],
): ProjectPlace {
  const inside = relative(workspace, workingDirectory)
  if (inside.startsWith('..') || resolve(workspace, inside) !== workingDirectory) {
    throw new UserError(
      `Input working-directory leaves the workspace ${workspace}. Give a folder inside of it.`,
    )
  }
  if (entries.length === 0) {
    throw new UserError(
      `There are no files in ${workingDirectory}. Run actions/checkout before this step, or set working-directory.`,
    )
  }
  return { root: workspace, workingDirectory: inside.split(sep).join('/') || '.' }
}

/** The page of this workflow run; empty outside of GitHub. */
export function runPage({ GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID }: Environment): string {
  if (!GITHUB_SERVER_URL || !GITHUB_REPOSITORY || !GITHUB_RUN_ID) return ''
  return `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}`
}

/** What happened on GitHub, for the rules about forks; null outside of it. */
export function eventPayload({ GITHUB_EVENT_PATH }: Environment): unknown {
  if (!GITHUB_EVENT_PATH) return null
  try {
    return JSON.parse(readFileSync(GITHUB_EVENT_PATH, 'utf8'))
  } catch {
    return null
  }
}
