import { describe, expect, it } from '@jest/globals'
import { expression } from './run-step.ts'
import { type Action, actions, type Job, readYaml, type Workflow, workflows } from './yaml-files.ts'

const prepare = readYaml<Workflow>('.github/workflows/release-prepare.yml').content
const publish = readYaml<Workflow>('.github/workflows/release-publish.yml').content
const ci = readYaml<Workflow>('.github/workflows/ci.yml').content
const release = readYaml<Action>('actions/changelog-release/action.yml').content
const published = "!cancelled() && needs.verify.outputs.state == 'verified'"
const ofRelease = [prepare, publish].flatMap(({ jobs }) => Object.entries(jobs))

const steps = (job: Job | undefined) => job?.steps ?? []
const uses = (job: Job | undefined, name: string) =>
  steps(job).filter(step => step.uses?.split('@')[0] === name)
const inputsOf = (workflow: Workflow) => workflow.on.workflow_call?.inputs ?? {}
const given = (names: readonly string[]) =>
  Object.fromEntries(names.map(name => [name, expression(`inputs.${name}`)]))

describe('release-prepare.yml', () => {
  const { verify, build, attest, draft } = prepare.jobs

  it('has the promised jobs under the promised names', () => {
    const names = Object.entries(prepare.jobs).map(([id, job]) => [id, job.name])
    expect(names).toEqual(['verify', 'ci', 'build', 'attest', 'draft', 'gate'].map(id => [id, id]))
  })

  it('gives each job what it makes and nothing else, and a token that signs to attest alone', () => {
    expect(Object.entries(prepare.jobs).map(([id, job]) => [id, job.permissions])).toEqual([
      ['verify', { contents: 'read' }],
      ['ci', { contents: 'read' }],
      ['build', { contents: 'read' }],
      ['attest', { contents: 'read', 'id-token': 'write', attestations: 'write' }],
      ['draft', { contents: 'write' }],
      ['gate', {}],
    ])
  })

  it('goes on only after success, and asks for it by name, since success() is false after any skipped job', () => {
    expect(Object.entries(prepare.jobs).map(([, { needs, if: condition }]) => [needs, condition])).toEqual([
      [undefined, undefined],
      ['verify', expression("inputs.ci && needs.verify.outputs.state == 'verified'")],
      [['verify', 'ci'], expression(`${published} && (needs.ci.result == 'success' || !inputs.ci)`)],
      ['build', expression("!cancelled() && inputs.attest && needs.build.result == 'success'")],
      [
        ['verify', 'build', 'attest'],
        expression(
          "!cancelled() && needs.build.result == 'success' && (needs.attest.result == 'success' || !inputs.attest)",
        ),
      ],
      [['verify', 'ci', 'build', 'attest', 'draft'], expression('always()')],
    ])
  })

  it('checks out the commit that verify found in every later job, and never the tag again', () => {
    const refs = Object.entries(prepare.jobs).map(([id, job]) => [
      id,
      [...uses(job, 'actions/checkout').map(step => step.with?.ref), job.with?.ref].filter(Boolean),
    ])
    const found = expression('needs.verify.outputs.commit-sha')
    expect(Object.fromEntries(refs)).toEqual({
      verify: [expression("inputs.tag && format('refs/tags/{0}', inputs.tag)")],
      ci: [found],
      build: [found],
      attest: [],
      draft: [found],
      gate: [],
    })
  })

  it('has all history where the branch is looked at, where a version may come from it, and where notes do', () => {
    const depths = [verify, build, draft].map(job => uses(job, 'actions/checkout')[0]?.with?.['fetch-depth'])
    expect(depths).toEqual([0, 0, 0])
  })

  it('builds once, of the version of the tag, and keeps the files for ninety days', () => {
    const builds = ofRelease.flatMap(([, job]) => uses(job, '$/actions/build-package'))
    expect(builds).toEqual(uses(build, '$/actions/build-package'))
    expect(builds.map(step => step.with)).toEqual([
      expect.objectContaining({
        'expected-version': expression('needs.verify.outputs.version'),
        'artifact-name': expression('inputs.artifact-name'),
        'retention-days': 90,
      }),
    ])
    expect(prepare.jobs.ci?.with?.skip).toBe(`build,${expression('inputs.ci-skip')}`)
  })

  it('attests by itself: no code is checked out, none of ours or of the project runs beside the token', () => {
    expect(steps(attest).map(step => step.uses?.split('@')[0] ?? step.shell)).toEqual([
      'actions/download-artifact',
      'bash',
      'actions/attest',
    ])
    expect(steps(attest).at(-1)?.with).toEqual({ 'subject-checksums': 'SHA256SUMS' })
  })

  it('puts what was built into the draft, compared with what build has measured', () => {
    const [download] = uses(draft, 'actions/download-artifact')
    expect(download?.with?.name).toBe(expression('needs.build.outputs.artifact-name'))
    expect(steps(draft).at(-1)?.with).toMatchObject({
      phase: 'prepare',
      tag: expression('needs.verify.outputs.tag'),
      files: `${download?.with?.path}/*\n${expression("inputs.more-artifacts != '' && 'release-files/more/*' || ''")}\n`,
      'expected-digests': expression('needs.build.outputs.digests'),
    })
  })

  it('hands every input on under its own name, to ci, the build or the release', () => {
    const handed = Object.values(prepare.jobs).flatMap(job => [
      job.with,
      ...steps(job).map(step => step.with),
    ])
    const ownUse = ['tag', 'ci', 'ci-skip', 'more-artifacts', 'attest', 'working-directory']
    const names = Object.keys(inputsOf(prepare)).filter(name => !ownUse.includes(name))
    const lost = names.filter(name => !handed.some(values => values?.[name] === expression(`inputs.${name}`)))
    expect(lost).toEqual([])
    expect(prepare.jobs.ci?.with).toMatchObject(
      given(Object.keys(inputsOf(prepare)).filter(name => name in inputsOf(ci))),
    )
  })

  it('gives what a later job of the caller needs, from whichever job knew it', () => {
    expect(prepare.on.workflow_call?.outputs).toMatchObject({
      state: { value: expression("jobs.draft.outputs.state && 'prepared' || jobs.verify.outputs.state") },
      'commit-sha': { value: expression('jobs.verify.outputs.commit-sha') },
      digests: { value: expression('jobs.build.outputs.digests') },
      'release-url': { value: expression('jobs.draft.outputs.url || jobs.verify.outputs.url') },
    })
  })
})

describe('release-publish.yml', () => {
  it('has the promised jobs, of which one may publish', () => {
    expect(Object.entries(publish.jobs).map(([id, job]) => [id, job.name, job.permissions])).toEqual([
      ['publish', 'publish', { contents: 'write', attestations: 'read' }],
      ['gate', 'gate', {}],
    ])
    expect(publish.jobs.gate).toMatchObject({ if: expression('always()'), needs: ['publish'] })
  })

  it('cannot be called without the commit and the digests that were built', () => {
    const required = Object.entries(inputsOf(publish)).filter(([, input]) => input.required)
    expect(required.map(([name]) => name)).toEqual(['tag', 'commit-sha', 'digests'])
  })

  it('publishes what was prepared, after a look at the index and at the attestations', () => {
    const [checkout, action] = steps(publish.jobs.publish)
    expect(checkout?.with?.ref).toBe(expression('inputs.commit-sha'))
    expect(action?.with).toEqual({
      phase: 'publish',
      ...given(['tag', 'tag-format', 'verify-index', 'index-url', 'make-latest', 'discussion-category']),
      'expected-digests': expression('inputs.digests'),
      path: expression('inputs.working-directory'),
      'verify-ancestor': 'none',
      'verify-attestations': expression('inputs.attested'),
      'github-token': expression('secrets.token || github.token'),
    })
    expect(inputsOf(publish)).toMatchObject({
      'verify-index': { default: true },
      attested: { default: true },
    })
  })
})

describe('the workflows of a release', () => {
  it('use nothing that others have cached', () => {
    const caches = Object.fromEntries(
      actions().map(({ path, content }) => [
        `$/${path.replace('/action.yml', '')}`,
        'cache' in (content.inputs ?? {}),
      ]),
    )
    const all = ofRelease.flatMap(([, job]) => steps(job))
    const cached = all.filter(({ uses = '' }) => caches[uses])
    expect(cached.map(step => step.with?.cache)).toEqual([false])
    expect(all.filter(({ uses = '' }) => /^(actions\/cache|[\w-]+\/setup-)/.test(uses))).toEqual([])
    expect(prepare.jobs.ci?.with?.cache).toBe(false)
    const inCi = Object.values(ci.jobs)
      .flatMap(steps)
      .filter(({ uses = '' }) => caches[uses])
    const switches = [expression("inputs.cache && 'auto' || 'false'"), expression('inputs.cache')]
    expect(inCi.map(step => [step.uses, step.with?.cache])).toEqual(
      inCi.map(({ uses }) => [uses, uses?.endsWith('setup-uv-python') ? switches[0] : switches[1]]),
    )
    expect(inCi).toHaveLength(8)
  })

  it('let ci.yml test the commit they name, in every job of it', () => {
    const refs = Object.values(ci.jobs).flatMap(job =>
      uses(job, 'actions/checkout').map(step => step.with?.ref),
    )
    expect(refs).toEqual(Array(10).fill(expression('inputs.ref')))
  })

  it('upload to no package index: its trust is in the file of the caller', () => {
    const files = [...workflows(), ...actions()].filter(({ text }) =>
      /pypi-publish|twine upload|uv publish/.test(text),
    )
    expect(files.map(({ path }) => path)).toEqual([])
  })

  it('stop every job in time', () => {
    const minutes = ofRelease.filter(([, job]) => !job.uses).map(([, job]) => job['timeout-minutes'])
    expect(minutes.filter(value => value !== 5 && value !== expression('inputs.timeout-minutes'))).toEqual([])
  })

  it.each([
    ['release-prepare.yml', prepare],
    ['release-publish.yml', publish],
  ])('give the token of %s to the step that writes the release alone', (_, workflow) => {
    const withToken = Object.entries(workflow.jobs).flatMap(([id, job]) =>
      steps(job)
        .filter(step => /secrets\.|github\.token/.test(JSON.stringify(step)))
        .map(step => [id, step.uses]),
    )
    expect(withToken).toEqual([[workflow === prepare ? 'draft' : 'publish', '$/actions/changelog-release']])
    expect((workflow.on.workflow_call as { secrets?: object }).secrets).toEqual({
      token: expect.objectContaining({ required: false }),
    })
  })

  it.each([
    ['release-prepare.yml', prepare],
    ['release-publish.yml', publish],
  ])('say the same as the action and ci.yml where an input of %s has the same name', (_, workflow) => {
    for (const [name, input] of Object.entries(inputsOf(workflow))) {
      const { default: value, type } = inputsOf(ci)[name] ?? {}
      if (name in inputsOf(ci)) expect([name, input.default, input.type]).toEqual([name, value, type])
      // verify-index is off in the action, where a release may have no package.
      else if (name in (release.inputs ?? {}) && !input.required && name !== 'verify-index')
        expect([name, String(input.default)]).toEqual([name, release.inputs?.[name]?.default])
    }
  })
})
