import type { Git } from '@tokenledger/kit'
import { HistoryError } from '../history/history-error.ts'

/** Hashes on one command line; Windows allows 32,767 characters. */
const AT_A_TIME = 500

/**
 * Gets the files that the commits since `previous` have changed, before and after, into a clone that was made with a filter, in
 * few requests (git itself would make one for each commit). A UserError when the server does not give them.
 */
export async function fetchChangedFiles(git: Git, previous: string | undefined): Promise<void> {
  const raw = ['--raw', '--no-abbrev', '--no-renames', '--diff-merges=first-parent', '--root', '--format=']
  const range = previous === undefined ? ['HEAD'] : [`^${previous}`, 'HEAD']
  const listed = await git.fetch('log', ...raw, ...range, '--')
  if ('failure' in listed) throw lacking(listed.failure)
  const hashes = new Set<string>()
  // `:100644 100644 before after M file`; a submodule's is of another repository, and zeros are no file.
  for (const [, from, to, before = '', after = ''] of listed.output.matchAll(
    /^:(\d+) (\d+) (\w+) (\w+) /gm,
  )) {
    if (isFile(from)) hashes.add(before)
    if (isFile(to)) hashes.add(after)
  }
  const wanted = [...hashes]
  for (let at = 0; at < wanted.length; at += AT_A_TIME) {
    // As git fetches what it lacks (its promisor-remote.c).
    const options = [
      '--quiet',
      '--no-tags',
      '--no-write-fetch-head',
      '--recurse-submodules=no',
      '--filter=blob:none',
    ]
    const some = wanted.slice(at, at + AT_A_TIME)
    const fetched = await git.fetch(
      '-c',
      'fetch.negotiationAlgorithm=noop',
      'fetch',
      ...options,
      'origin',
      ...some,
    )
    if ('failure' in fetched) throw lacking(fetched.failure)
  }
}

const isFile = (mode: string | undefined) => mode !== '000000' && mode !== '160000'

const lacking = (why: string) =>
  new HistoryError(`the checkout was made with a filter and the changed files cannot be fetched (${why})`)
