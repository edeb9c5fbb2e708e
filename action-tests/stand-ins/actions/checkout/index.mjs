import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Failure, flag, info, input, mask, notice, run, saveState, setOutput } from '../../shared/runner.mjs'
import { git, tryGit } from './git.mjs'
import { planFetch } from './plan-fetch.mjs'

// Git serves by file:// only what a branch or tag leads to, unless told; a run's commit need not be one of them.
const SERVE_ANY_COMMIT = '--upload-pack=git -c uploadpack.allowAnySHA1InWant=true upload-pack'

await run(async () => {
  const source = sourceDirectory()
  const folder = targetDirectory()
  const server = (
    input('github-server-url') ||
    process.env.GITHUB_SERVER_URL ||
    'https://github.com'
  ).replace(/\/$/, '')
  sayWhatIsLeftOut()
  prepare(folder, `${server}/${input('repository')}`, source)

  const plan = planFetch({
    ref: input('ref'),
    eventRef: process.env.GITHUB_REF ?? '',
    eventSha: process.env.GITHUB_SHA ?? '',
    depth: depth(),
    tags: flag('fetch-tags'),
    refs: refsOf(source),
    hasCommit: sha => tryGit(source, 'cat-file', '-e', `${sha}^{commit}`) !== undefined,
  })
  for (const args of plan.fetches) fetch(folder, args)
  git(folder, 'checkout', '--quiet', '--force', ...plan.checkout)
  if (flag('persist-credentials')) keepToken(folder, server)
  const commit = git(folder, 'rev-parse', 'HEAD')
  setOutput('ref', plan.ref)
  setOutput('commit', commit)
  info(`Checked out ${commit} (${plan.reason}) to ${folder}`)
})

function sourceDirectory() {
  const source = process.env.LOCAL_RUN_CHECKOUT
  if (!source)
    throw new Failure(
      'LOCAL_RUN_CHECKOUT is not set; it names the repository that a run without GitHub checks out.',
    )
  const [wanted, own] = [input('repository'), process.env.GITHUB_REPOSITORY]
  if (wanted.toLowerCase() !== own?.toLowerCase())
    throw new Failure(
      `${wanted} cannot be checked out: a run without GitHub has ${own} only. Leave this job out, or put the files into the repository.`,
    )
  if (tryGit(source, 'rev-parse', '--git-dir') === undefined)
    throw new Failure(`LOCAL_RUN_CHECKOUT (${source}) is not a git repository.`)
  return source
}

function targetDirectory() {
  const workspace = process.env.GITHUB_WORKSPACE ?? process.cwd()
  const folder = resolve(workspace, input('path'))
  if (relative(workspace, folder).startsWith('..'))
    throw new Failure(`Repository path '${folder}' is not under '${workspace}'`)
  return folder
}

function depth() {
  const text = input('fetch-depth')
  if (!/^\d*$/.test(text))
    throw new Failure(`Input fetch-depth is "${text}"; give a whole number of at least 0.`)
  return text === '' ? 1 : Number(text)
}

/** An existing checkout of the same repository is cleaned and used again; anything else in the directory goes. */
function prepare(folder, url, source) {
  mkdirSync(folder, { recursive: true })
  const isSame = existsSync(join(folder, '.git')) && tryGit(folder, 'config', 'remote.origin.url') === url
  if (!isSame) {
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true })
    git(folder, 'init', '--quiet')
    git(folder, 'remote', 'add', 'origin', url)
  } else if (flag('clean')) {
    git(folder, 'clean', '-ffdxq')
    tryGit(folder, 'reset', '--quiet', '--hard', 'HEAD')
  }
  // Programs read the usual address from the configuration, and fetches still work without GitHub.
  git(folder, 'config', '--replace-all', `url.${pathToFileURL(source)}.insteadOf`, url)
}

function refsOf(source) {
  return git(source, 'for-each-ref', '--format=%(refname)').split('\n')
}

function fetch(folder, args) {
  const isCut = tryGit(folder, 'rev-parse', '--is-shallow-repository') === 'true'
  const deepen = isCut && !args.some(arg => arg.startsWith('--depth')) ? ['--unshallow'] : []
  git(folder, 'fetch', '--quiet', '--no-recurse-submodules', '--force', SERVE_ANY_COMMIT, ...deepen, ...args)
}

function keepToken(folder, server) {
  const basic = Buffer.from(`x-access-token:${input('token')}`).toString('base64')
  mask(basic)
  const key = `http.${server}/.extraheader`
  git(folder, 'config', key, `AUTHORIZATION: basic ${basic}`)
  saveState('folder', folder)
  saveState('key', key)
}

function sayWhatIsLeftOut() {
  const texts = ['ssh-key', 'filter', 'sparse-checkout'].filter(name => input(name))
  const flags = ['lfs', 'submodules'].filter(name => input(name) && input(name) !== 'false')
  for (const name of [...texts, ...flags])
    notice(`Input ${name} is left out of account in a run without GitHub.`)
}
