import { type Files, gitRepo } from './files.ts'
import { type Git, gitIn } from './git.ts'
import { tempDir } from './temp-dir.ts'

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `line_${from + index} = ${from + index}\n`).join('')

/** `app.py` has 30 lines in main. */
const APP = numbered(1, 30)
/** The branch edits line 20. */
const EDITED = APP.replace('line_20 = 20', 'line_20 = "edited"')
/** Meanwhile main gains five lines above, so that the tested merge has the edit at line 25. */
const GAINED = `${'gained = True\n'.repeat(5)}`

/** A message can have lines like those of a commit's header. */
const MESSAGE = `Merge feature into main\n\nparent ${'0'.repeat(40)}`

export interface PullRequest {
  /** What GitHub would hold: bare, with refs/pull/7/merge and refs/pull/7/head. */
  readonly server: string
  readonly git: Git
  /** Tip of main, which is the merge's first parent. */
  readonly base: string
  /** Where the branch left main. */
  readonly fork: string
  readonly head: string
  readonly merge: string
}

/** Pull request 7, whose base gained lines above the edit since the branch left it; `more` are files that the branch writes. */
export function pullRequest(more: Files = {}, before: Files = {}): PullRequest {
  const repo = gitRepo({ 'app.py': APP, 'other.py': 'x = 1\n', ...before })
  const fork = repo.git('rev-parse', 'HEAD')
  repo.git('switch', '--quiet', '--create', 'feature')
  const head = repo.commit({ 'app.py': EDITED, ...more }, 'edit')
  repo.git('switch', '--quiet', 'main')
  const base = repo.commit({ 'app.py': GAINED + APP, 'brought.py': 'y = 1\n' }, 'gain')
  repo.git('switch', '--quiet', '--detach', 'main')
  repo.git('merge', '--quiet', '--no-ff', '--message', MESSAGE, 'feature')
  const merge = repo.git('rev-parse', 'HEAD')
  repo.git('update-ref', 'refs/pull/7/merge', merge)
  repo.git('update-ref', 'refs/pull/7/head', head)
  repo.git('switch', '--quiet', 'main')
  const server = tempDir('server-')
  repo.git('clone', '--quiet', '--mirror', repo.path, server)
  // GitHub hands out every commit that a ref leads to.
  gitIn(server)('config', 'uploadpack.allowReachableSHA1InWant', 'true')
  return { server, git: gitIn(server), base, fork, head, merge }
}

/** What actions/checkout does: an empty repository fetches one commit, at some depth (0 for all branches), and checks it out. */
export function checkoutOf(url: string, commit: string, depth: number): string {
  const root = tempDir('checkout-')
  const git = gitIn(root)
  git('init', '--quiet')
  git('remote', 'add', 'origin', url)
  const all = depth === 0 ? ['+refs/heads/*:refs/remotes/origin/*'] : []
  const cut = depth === 0 ? [] : [`--depth=${depth}`]
  git('fetch', '--quiet', '--no-tags', ...cut, 'origin', ...all, `+${commit}:refs/remotes/pull/7/merge`)
  git('checkout', '--quiet', '--force', '--detach', 'refs/remotes/pull/7/merge')
  return root
}

/** What GitHub says of a run, in the shape that `readEvent` gives it. */
interface Event<Payload> {
  readonly name: string
  readonly ref: string
  readonly sha: string
  readonly serverUrl: string
  readonly payload: Payload
}

/** The event of the pull request, as a workflow gets it. */
export function pullRequestEvent({ base, head, merge }: PullRequest, more: Partial<Event<object>> = {}) {
  const pull_request = { number: 7, base: { sha: base, ref: 'main' }, head: { sha: head } }
  const payload = { pull_request }
  return { ...event('pull_request', payload, { ref: 'refs/pull/7/merge', sha: merge }), ...more }
}

export function event<Payload extends object = object>(
  name: string,
  payload: Payload = {} as Payload,
  more: Partial<Event<Payload>> = {},
): Event<Payload> {
  return { name, ref: 'refs/heads/main', sha: '', serverUrl: 'https://github.com', payload, ...more }
}
