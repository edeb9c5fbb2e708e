import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { gitCliffProgram } from '../../../packages/tool-install/test/git-cliff/program.ts'
import { errors, PROJECT, type ReleaseJob, releaseJob, TAG } from './release-job.ts'

let job: ReleaseJob
beforeEach(async () => {
  job = await releaseJob()
})
afterEach(async () => {
  await job.close()
  expect(job.github.violations).toEqual([])
})

const changelog = (text: string) => ({
  'CHANGELOG.md': (PROJECT['CHANGELOG.md'] as string).replace('### Added\n\n- Carts (#7).\n', text),
})

/** Moves the tag to a commit with these files. */
function tagWith(files: Readonly<Record<string, string>>, message = 'docs: notes'): string {
  const sha = job.push(message, files)
  job.git('tag', '--force', TAG, sha)
  return sha
}

describe('notes', () => {
  const notesOf = async (inputs: Readonly<Record<string, string>> = {}) => {
    const toolCache = join(tmpdir(), 'tokenledger-test-tools')
    const run = await job.run({ phase: 'notes', files: '', ...inputs }, { toolCache })
    expect(errors(run)).toEqual([])
    expect(run.outputs.state).toBe('noted')
    expect(job.github.releases).toEqual([])
    return run
  }

  it('come from the commits where there is neither a section nor a configuration', async () => {
    tagWith(changelog(''))
    const run = await notesOf()
    expect(run.outputs.notes).toContain('### Added\n\n- carts ([#7](https://github.com/acme/shop/pull/7))')
    expect(run.summary).toContain('Source: the commits')
  })

  it('come from git-cliff where there is no section and a configuration, and tell what it leaves out', async () => {
    const config = [
      '[changelog]',
      'body = "{% for c in commits %}- {{ c.message }}\\n{% endfor %}"',
      '[git]',
      'conventional_commits = true',
      'filter_unconventional = true',
    ]
    job.push('Tidy up')
    await gitCliffProgram()
    tagWith({ ...changelog(''), 'cliff.toml': `${config.join('\n')}\n` }, 'fix!: a sum')
    const run = await notesOf()
    expect(run.outputs.notes).toBe('- carts (#7)\n- a sum\n')
    expect(run.outputs).toMatchObject({ 'commit-count': '3', 'skipped-commits': '1' })
    expect(run.summary).toContain('Commits that are not in the notes (1)')
    expect(run.summary).toContain('Tidy up')
    expect(run.summary).toContain('- Breaks: a sum')
  })

  it('come from GitHub where it is asked', async () => {
    const run = await notesOf({ 'notes-source': 'github' })
    expect(run.outputs.notes).toContain('compare/v1.2.3...v1.3.0')
  })

  it('that are too long are cut at an entry, and the whole is a file of the release', async () => {
    const entries = Array.from({ length: 4000 }, (_, n) => `- Change ${n} of a long list of changes.\n`)
    tagWith(changelog(`### Added\n\n${entries.join('')}`))
    const run = await job.run()
    expect(errors(run)).toEqual([])
    const [release] = job.github.releases
    expect(release?.body?.length).toBeLessThanOrEqual(125_000)
    expect(release?.body).toMatch(
      /- Change \d+ of a long list of changes\.\n\n_The notes are longer than GitHub takes; the whole is in \[RELEASE_NOTES\.md\]/,
    )
    const names = release?.assets.map(({ name }) => name)
    expect(names).toContain('RELEASE_NOTES.md')
    const whole = release?.assets.find(({ name }) => name === 'RELEASE_NOTES.md')
    expect(whole?.size).toBe(entries.join('').length + '### Added\n\n'.length)
    expect((await job.run({ phase: 'publish', files: '' }, { checkout: 'none' })).outputs.state).toBe(
      'already-published',
    )
  })

  it('begin at another tag where an input names it', async () => {
    job.git('tag', 'v1.0.0', 'v1.2.3^{commit}')
    const run = await notesOf({ 'previous-tag': 'v1.0.0' })
    expect(run.outputs['previous-tag']).toBe('v1.0.0')
    const wrong = await job.run({ phase: 'notes', files: '', 'previous-tag': 'v0.9.9' })
    expect(errors(wrong)).toEqual([
      'RELEASE_PREVIOUS_TAG: there is no tag v0.9.9; give previous-tag another one, or leave it out',
    ])
  })

  it('need a checkout', async () => {
    const run = await job.run({ phase: 'notes', files: '' }, { checkout: 'none' })
    expect(errors(run)[0]).toMatch(
      /^There is no checkout of git in .*, and phase notes needs the tagged commit\./,
    )
  })
})
