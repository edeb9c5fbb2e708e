import { exec, lastLines, UserError } from '@tokenledger/kit'

/**
 * Settings for every call. In a container the checkout belongs to another account, which git refuses before anything else
 * (safe.directory); listing its files is what the workflow asked for, and no program of its configuration is started.
 */
const SETTINGS = ['safe.directory=*', 'core.fsmonitor=false', 'core.quotePath=false']

/** Variables by which a hook, or an outer git, would send this one to another repository. */
const OF_ANOTHER_REPOSITORY = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_PREFIX',
  'GIT_CEILING_DIRECTORIES',
]

/**
 * The files that git tracks in the checkout at `workspace`, by path from there. Throws a UserError where there is no
 * checkout or no git.
 */
export async function trackedFiles(workspace: string): Promise<ReadonlySet<string>> {
  const env: Record<string, string> = {
    ...(process.env as Record<string, string>),
    LC_ALL: 'C',
    GIT_OPTIONAL_LOCKS: '0',
  }
  for (const name of OF_ANOTHER_REPOSITORY) delete env[name]
  const args = [...SETTINGS.flatMap(setting => ['-c', setting]), 'ls-files', '-z']
  const { exitCode, stdout, stderr } = await exec('git', args, { cwd: workspace, env }).catch(() => NO_GIT)
  if (exitCode === 0) return new Set(stdout.split('\0').filter(path => path !== ''))
  throw new UserError(
    `The files of the repository cannot be listed in ${workspace}: ${lastLines(stderr, 1)}. Run actions/checkout before this step.`,
  )
}

const NO_GIT = { exitCode: 127, stdout: '', stderr: 'git did not start' }
