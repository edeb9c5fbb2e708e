import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { tempDir, writeFiles } from '@tokenledger/testkit'
import { runStep } from './run-step.ts'
import { readYaml, type Step, type Workflow } from './yaml-files.ts'

const prepare = readYaml<Workflow>('.github/workflows/release-prepare.yml').content
const publish = readYaml<Workflow>('.github/workflows/release-publish.yml').content
const script = (workflow: Workflow, job: string): Step => {
  const step = workflow.jobs[job]?.steps?.find(one => one.run)
  if (!step) throw new Error(`job ${job} has no script`)
  return step
}

describe('the gate of release-prepare.yml', () => {
  const judge = (
    results: Record<string, string>,
    state = 'verified',
    inputs: Record<string, string> = {},
  ) => {
    const all = {
      verify: 'success',
      ci: 'success',
      build: 'success',
      attest: 'success',
      draft: 'success',
      ...results,
    }
    const needs = Object.fromEntries(
      Object.entries(all).map(([job, result]) => [
        job,
        { result, outputs: job === 'verify' ? { state } : {} },
      ]),
    )
    const values = { NEEDS: JSON.stringify(needs), WITH_CI: 'true', WITH_ATTEST: 'true', ...inputs }
    return runStep(script(prepare, 'gate'), values)
  }

  it('passes when every job succeeded', async () => {
    const { status, summary } = await judge({})
    expect(status).toBe(0)
    expect(summary).toContain('### Gate: ✅ every job that had to run succeeded')
    expect(summary.match(/✅ success/g)).toHaveLength(5)
  })

  it.each([
    ['ci', 'WITH_CI', 'input ci is false'],
    ['attest', 'WITH_ATTEST', 'input attest is false'],
  ])('accepts that %s was skipped where an input says so, and only there', async (job, variable, why) => {
    const left = await judge({ [job]: 'skipped' }, 'verified', { [variable]: 'false' })
    expect(left.status).toBe(0)
    expect(left.summary).toContain(`| ${job} | ✅ skipped | ${why} |`)
    const held = await judge({ [job]: 'skipped' })
    expect(held.log).toContain(`::error title=gate::Not successful: ${job} (skipped). Their logs say why.`)
    expect(held.status).toBe(1)
  })

  it('accepts that nothing more ran for a release that is published already', async () => {
    const rest = { ci: 'skipped', build: 'skipped', attest: 'skipped', draft: 'skipped' }
    const { status, summary } = await judge(rest, 'already-published')
    expect(status).toBe(0)
    expect(summary).toContain('| draft | ✅ skipped | the release is published already |')
    expect((await judge(rest, 'verified')).status).toBe(1)
  })

  it.each(['failure', 'cancelled'])('fails on %s of any job, whatever may be skipped', async result => {
    for (const job of ['verify', 'ci', 'build', 'attest', 'draft']) {
      const { status, log } = await judge({ [job]: result }, 'already-published', {
        WITH_CI: 'false',
        WITH_ATTEST: 'false',
      })
      expect([job, status]).toEqual([job, 1])
      expect(log).toContain(`${job} (${result})`)
    }
  })
})

describe('the gate of release-publish.yml', () => {
  const judge = (result: string) =>
    runStep(script(publish, 'gate'), { NEEDS: JSON.stringify({ publish: { result } }) })

  it('passes when the release is published', async () => {
    expect(await judge('success')).toMatchObject({ status: 0, log: '✅ the release is published\n' })
  })

  it.each(['failure', 'cancelled', 'skipped'])('fails on %s', async result => {
    const { status, log } = await judge(result)
    expect(status).toBe(1)
    expect(log).toContain(`::error title=gate::Not successful: publish (${result}). Its log says why.`)
  })
})

describe('what is compared before it is attested', () => {
  const built = { 'tokenledger-1.2.3-py3-none-any.whl': 'wheel', 'tokenledger-1.2.3.tar.gz': 'sdist' }
  const sums = Object.entries(built)
    .map(([name, text]) => `${createHash('sha256').update(text).digest('hex')}  ${name}`)
    .join('\n')
  const compare = async (files: Record<string, string>) => {
    const folder = tempDir('attest-')
    mkdirSync(join(folder, 'package'))
    writeFiles(join(folder, 'package'), files)
    const done = await runStep(script(prepare, 'attest'), { SHA256SUMS: sums }, join(folder, 'package'))
    return { ...done, written: readFileSync(join(folder, 'SHA256SUMS'), 'utf8') }
  }

  it('are the files that the build has measured, which then stand in SHA256SUMS', async () => {
    const { status, written } = await compare(built)
    expect(status).toBe(0)
    expect(written).toBe(`${sums}\n`)
  })

  it.each([
    ['another content', { ...built, 'tokenledger-1.2.3.tar.gz': 'other' }],
    ['a file that lacks', { 'tokenledger-1.2.3.tar.gz': 'sdist' }],
  ])('is refused for %s', async (_, files) => {
    const { status, log } = await compare(files)
    expect(status).toBe(1)
    expect(log).toContain('::error title=attest::The artifact is not what the job build has made.')
  })

  it('is refused when the build has measured nothing', async () => {
    const folder = tempDir('attest-')
    mkdirSync(join(folder, 'package'))
    writeFileSync(join(folder, 'package', 'a.whl'), '')
    const { status } = await runStep(script(prepare, 'attest'), { SHA256SUMS: '' }, join(folder, 'package'))
    expect(status).toBe(1)
  })
})
