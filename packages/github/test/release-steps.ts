import {
  commitOnBranch,
  dispatchWorkflow,
  ensureTag,
  githubClient,
  proposeCommit,
  upsertPull,
} from '../src/index.ts'
import { RELEASE_COMMIT, repository } from './release.ts'

/**
 * What a release writes, in a process of its own that a test can kill: `propose <base>` opens the pull request, `commit <head>`
 * commits on main, `tag <merge commit>` tags it and starts the release.
 */
const [step, sha = ''] = process.argv.slice(2)
const client = githubClient({ token: 't', apiUrl: process.env.GITHUB_API_URL ?? '', waits: [1, 1, 1] })

if (step === 'propose') {
  const branch = 'release/v1.2.3'
  await proposeCommit(client, { ...RELEASE_COMMIT, repository, branch, base: sha })
  const text = { title: 'Release 1.2.3', body: 'notes', labels: ['release'] }
  await upsertPull(client, { repository, head: branch, base: 'main', ...text })
} else if (step === 'commit') {
  await commitOnBranch(client, { ...RELEASE_COMMIT, repository, branch: 'main', expectedHead: sha })
} else {
  await ensureTag(client, { repository, tag: 'v1.2.3', sha, message: 'Release 1.2.3' })
  await dispatchWorkflow(client, { repository, file: 'release.yml', ref: 'v1.2.3' })
}
