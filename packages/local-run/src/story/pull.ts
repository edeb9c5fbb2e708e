import type { Pull } from '@tokenledger/testkit'
import type { ChangedFile, PullPage } from '../report/pull-page.ts'
import { git } from '../staging/git.ts'
import { REPOSITORY } from './released-example.ts'
import type { World } from './world.ts'

/** The page of a pull request as it is now, with the files that it changes. */
export async function pullPage({ bare }: World, pull: Pull): Promise<PullPage> {
  const [base, head] = pull.closed ? [pull.closed.base, pull.closed.head] : [pull.base, pull.head]
  const range = `${base}...${head}`
  const patch = await git(bare, 'diff', '--no-color', '--find-renames', range)
  const { number, title, body, labels, author, mergeCommit } = pull
  return {
    repository: REPOSITORY,
    number,
    title,
    body: body ?? '',
    base: pull.base,
    head: pull.head,
    labels,
    author,
    mergeCommit,
    commits: Number(await git(bare, 'rev-list', '--count', `${base}..${head}`)),
    files: patch
      .split(/^(?=diff --git )/m)
      .filter(Boolean)
      .map(changedFile),
  }
}

function changedFile(patch: string): ChangedFile {
  const path = /^diff --git a\/.* b\/(.*)$/m.exec(patch)?.[1] ?? ''
  const lines = (/^@@[\s\S]*/m.exec(patch)?.[0] ?? '').trimEnd().split('\n')
  return { path, lines }
}
