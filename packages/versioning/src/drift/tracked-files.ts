import { type Git, UserError } from '@tokenledger/kit'

/** The files that git tracks, relative to the folder that it runs in; no links and no submodules. */
export async function trackedFiles(git: Git): Promise<string[]> {
  const listed = await git.read('ls-files', '-z', '--stage')
  if (listed === undefined) {
    throw new UserError('git cannot list the tracked files: check out the repository with actions/checkout.')
  }
  const paths = listed.split('\0').flatMap(entry => /^100\d{3} [^\t]+\t(.+)$/s.exec(entry)?.[1] ?? [])
  // A file in a merge conflict is listed several times.
  return [...new Set(paths)]
}
