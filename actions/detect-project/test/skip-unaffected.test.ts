import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { checkoutOf, type Files, gitIn, gitRepo, runBundle, tempDir, writeFiles } from '@tokenledger/testkit'
import { TOKENLEDGER } from '../../../packages/python-project/test/plan/tokenledger.ts'

const moved = (files: Files, folder: string): Files =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}${path}`, text]))

/** A checkout of depth 1 of the merge of a pull request that writes `changed`, as the job `plan` has it, with its event. */
function pullRequestWith(changed: Files, before: Files = TOKENLEDGER) {
  const repo = gitRepo(before)
  const base = repo.git('rev-parse', 'HEAD')
  repo.git('switch', '--quiet', '--create', 'feature')
  const head = repo.commit(changed)
  repo.git('switch', '--quiet', '--detach', base)
  repo.git('merge', '--quiet', '--no-ff', '--message', 'merge', 'feature')
  const merge = repo.git('rev-parse', 'HEAD')
  repo.git('config', 'uploadpack.allowAnySHA1InWant', 'true')
  const workspace = checkoutOf(`file://${repo.path}`, merge, 1)
  const payload = { pull_request: { number: 7, base: { sha: base, ref: 'main' }, head: { sha: head } } }
  return { workspace, payload, sha: merge }
}

interface Job {
  readonly workspace: string
  readonly payload: object
  readonly sha: string
  readonly event?: string
}

async function detect(
  { workspace, payload, sha, event = 'pull_request' }: Job,
  inputs: Record<string, string> = {},
) {
  const path = join(tempDir(), 'event.json')
  writeFileSync(path, JSON.stringify(payload))
  const env = {
    GITHUB_EVENT_NAME: event,
    GITHUB_EVENT_PATH: path,
    GITHUB_SHA: sha,
    GITHUB_REF: 'refs/pull/7/merge',
  }
  const run = await runBundle('detect-project', {
    workspace,
    env,
    inputs: { 'skip-unaffected': 'true', ...inputs },
  })
  const said = run.stdout.split('\n').filter(line => line.startsWith('skip-unaffected: '))
  return { ...run, unaffected: JSON.parse(run.outputs.unaffected ?? 'null'), said }
}

describe('skip-unaffected', () => {
  it('names the jobs that no changed file concerns, each with the reason', async () => {
    const { unaffected, said, annotations } = await detect(
      pullRequestWith({ 'docs/how.md': 'x\n', 'NEWS.md': 'x\n' }),
    )
    const reason = 'no changed file concerns it: 2 files, all documentation'
    const jobs = ['test', 'integration', 'coverage', 'build', 'dashboard']
    expect(unaffected).toEqual(Object.fromEntries(jobs.map(job => [job, reason])))
    expect(said).toEqual(jobs.map(job => `skip-unaffected: ${job} is left out: ${reason}`))
    expect(annotations).toEqual([])
  })

  it('says by which file a job is concerned', async () => {
    const { unaffected, said } = await detect(
      pullRequestWith({ 'docs/how.md': 'x\n', 'tokenledger/new.py': '' }),
    )
    expect(Object.keys(unaffected)).toEqual(['dashboard'])
    expect(said).toContain('skip-unaffected: test runs: tokenledger/new.py')
  })

  it('knows the folder of the project in the repository', async () => {
    const pull = pullRequestWith({ 'server/docs/how.md': 'x\n' }, moved(TOKENLEDGER, 'server/'))
    const { unaffected } = await detect(pull, { 'working-directory': 'server' })
    expect(Object.keys(unaffected)).toHaveLength(5)
    const beside = pullRequestWith({ 'other/x.py': '' }, moved(TOKENLEDGER, 'server/'))
    expect((await detect(beside, { 'working-directory': 'server' })).unaffected).toEqual({})
  })

  it('takes the word of always-affected, and none that is no job', async () => {
    const pull = pullRequestWith({ 'docs/how.md': 'x\n' })
    const { unaffected } = await detect(pull, { 'always-affected': '  test\n' })
    expect(Object.keys(unaffected)).toEqual(['build', 'dashboard'])
    const { exitCode, annotations } = await detect(pull, { 'always-affected': 'lint' })
    expect(exitCode).toBe(1)
    expect(annotations[0]?.message).toBe(
      'Input always-affected has "lint"; allowed: test, integration, coverage, build, dashboard.',
    )
  })

  it('is nothing unless it is asked for', async () => {
    const pull = pullRequestWith({ 'docs/how.md': 'x\n' })
    expect(await detect(pull, { 'skip-unaffected': 'false' })).toMatchObject({ unaffected: {}, said: [] })
  })

  it.each(['push', 'merge_group', 'workflow_dispatch', 'release', 'schedule'])(
    'lets every job run for %s, and says so in one line',
    async event => {
      const pull = pullRequestWith({ 'docs/how.md': 'x\n' })
      const { unaffected, said } = await detect({ ...pull, payload: {}, event })
      expect(unaffected).toEqual({})
      expect(said).toEqual([`skip-unaffected: every job runs, since the event ${event} is no pull request`])
    },
  )

  it('lets every job run where the files are not known', async () => {
    const cut = pullRequestWith({ 'docs/how.md': 'x\n' })
    gitIn(cut.workspace)('remote', 'remove', 'origin')
    const { unaffected, said, exitCode } = await detect(cut)
    expect([unaffected, exitCode]).toEqual([{}, 0])
    expect(said).toEqual([
      expect.stringMatching(
        /^skip-unaffected: every job runs, since its files are not known: parent \w{7} is not in /,
      ),
    ])
  })

  it('lets every job run where nothing is changed, and where there is no repository', async () => {
    const none = pullRequestWith({})
    expect((await detect(none)).said).toEqual(['skip-unaffected: every job runs, since it changes no file'])
    const workspace = tempDir('archive-')
    writeFiles(workspace, TOKENLEDGER)
    expect((await detect({ ...none, workspace })).said).toEqual([
      'skip-unaffected: every job runs, since git cannot list the tested commit',
    ])
  })
})
