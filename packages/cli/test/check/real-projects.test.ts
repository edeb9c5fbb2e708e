import { describe, expect, it } from '@jest/globals'
import { checkout, found, report } from './checking.ts'

const PATH = '.github/workflows/one.yml'
const expression = (text: string) => `\${{ ${text} }}`
const workflow = (jobs: string, on = 'push') => ({ [PATH]: `on: ${on}\njobs:\n${jobs}` })
const steps = (text: string, on = 'push') => workflow(`  one:\n    steps:\n${text}`, on)
const CHECKOUT = '      - uses: actions/checkout@v4\n'
const UPLOAD = '      - uses: pypa/gh-action-pypi-publish@v1\n'

describe('what projects do, and is well', () => {
  it.each([
    ['a page that mkdocs pushes', '      - run: mkdocs gh-deploy --force\n'],
    ['a bump by commitizen', '      - uses: commitizen-tools/commitizen-action@v1\n'],
    ['a push from another folder', '      - run: git -C site push\n'],
  ])('%s needs the token in the checkout', async (_, step) => {
    expect(await found('persisted-credentials', steps(CHECKOUT + step))).toEqual([])
  })

  it.each(['false', 'no', 'true', "''"])('persist-credentials: %s', async word => {
    const kept = await found(
      'persisted-credentials',
      steps(`${CHECKOUT}        with: { persist-credentials: ${word} }\n`),
    )
    // An empty text is the action's own default, which is to keep it.
    expect(kept).toHaveLength(word === "''" ? 1 : 0)
  })

  it.each([
    ["inputs.debug == 'true' && '-v' || ''", 0],
    ["inputs.debug && '--pdb' || ''", 0],
    ["contains(github.event.pull_request.labels.*.name, 'slow')", 0],
    ['github.event.pull_request.user.login', 0],
    ['github.event.workflow_run.html_url', 0],
    ["inputs.name || 'none'", 1],
    ["github.event_name == 'push' && github.head_ref", 1],
  ])('a script with %s has %d injections', async (text, count) => {
    expect(await found('script-injection', steps(`      - run: pytest ${expression(text)}\n`))).toHaveLength(
      count,
    )
  })

  it.each([
    ['an action of the repository', '      - uses: ./.github/actions/wheels\n'],
    ['an action that is named after it', '      - uses: octo/build-wheels@v1\n'],
    ['a cache', '      - uses: actions/cache/restore@v4\n        with: { path: dist }\n'],
  ])('files that %s brings', async (_, step) => {
    expect(await found('files-not-downloaded', steps(step + UPLOAD))).toEqual([])
  })

  it('an artifact that was merged under its default name', async () => {
    const merged =
      '      - uses: actions/upload-artifact/merge@v4\n      - uses: actions/download-artifact@v4\n        with: { name: merged-artifacts }\n'
    expect(await found('artifact-not-uploaded', steps(merged))).toEqual([])
  })

  it('any tag, where only a published release uploads', async () => {
    const guarded = `  one:\n    if: github.event.action == 'published'\n    steps:\n${UPLOAD}`
    const on = "{ push: { tags: ['*'] }, release: { types: [published] } }"
    expect(await found('tag-glob', workflow(guarded, on))).toEqual([])
  })

  it('required checks of other apps, and legs that only include names', async () => {
    const contexts = ['test (3.13)', 'pre-commit.ci - pr'].map(context => ({ context }))
    const ruleset = JSON.stringify({
      rules: [{ type: 'required_status_checks', parameters: { required_status_checks: contexts } }],
    })
    const matrix = '{ py: ["3.12"], include: [{ py: "3.13" }] }'
    const job = `  test: { name: "test (${expression('matrix.py')})", strategy: { matrix: ${matrix} } }\n`
    const files = { ...workflow(job, 'pull_request'), '.github/rulesets/main.json': ruleset }
    expect(await found('required-check-unknown', files)).toEqual([
      expect.stringMatching(/ warning no job reports a check 'pre-commit\.ci - pr'/),
    ])
  })

  it('a build that signs where it comes from is told of, and is no error', async () => {
    const rights = 'permissions: { id-token: write, attestations: write }'
    const job = `  one:\n    ${rights}\n    steps:\n      - run: uv build\n`
    expect(await found('id-token-with-code', workflow(job))).toEqual([expect.stringContaining(' warning ')])
    expect(await found('id-token-with-code', workflow(job + UPLOAD))).toEqual([
      expect.stringContaining(' error '),
    ])
  })
})

describe('what projects do, and is not the concern of a rule', () => {
  const on = "{ push: { tags: ['**'] } }"

  it('what a job that only tests installs, beside one that publishes', async () => {
    const install = '      - run: pip install tox\n'
    const job = (id: string, rest: string) =>
      `  ${id}:\n    permissions: { contents: read }\n    steps:\n${rest}`
    const files = workflow(job('test', install) + job('out', install + UPLOAD))
    expect(await found('unlocked-install', files)).toEqual([
      `${PATH}:10:14 warning \`pip install tox\` is not locked, in a job that builds or writes`,
    ])
  })

  it('documentation that is published at any tag', async () => {
    const named = (name: string) => ({ [PATH]: `name: ${name}\non: ${on}\njobs: { one: { steps: [] } }\n` })
    expect(await found('tag-glob', named('Publish docs'))).toEqual([])
    expect(await found('tag-glob', named('Publish'))).toHaveLength(1)
  })
})

describe('what projects do, and is not', () => {
  it('3.10 without quotes, wherever a version stands', async () => {
    const job = `  one:\n    strategy: { matrix: { python: [3.9, 3.10], include: [{ python-version: 3.20 }] } }\n    steps:\n      - with: { python-version: 3.10, min: 0.50 }\n`
    expect(await found('version-as-number', workflow(job))).toEqual([
      `${PATH}:4:41 error 3.10 is read as 3.1`,
      `${PATH}:4:76 error 3.20 is read as 3.2`,
      `${PATH}:6:33 error 3.10 is read as 3.1`,
    ])
  })

  it('a merge key, which GitHub does not know, while aliases are well', async () => {
    const anchored =
      '  one: &one { steps: &steps [] }\n  two: { <<: *one }\n  three: { steps: *steps }\n  four: *one\n'
    expect(await found('merge-key', workflow(anchored))).toEqual([`${PATH}:4:10 error a merge key`])
  })

  it('a job that waits for none that there is, or for itself', async () => {
    const jobs =
      '  one: { needs: Lint }\n  two: { needs: [three] }\n  three: { needs: two }\n  lint: {}\n  four: { needs: tset }\n'
    expect(await found('needs-unknown', workflow(jobs))).toEqual([
      `${PATH}:4:10 error job two waits for itself`,
      `${PATH}:5:12 error job three waits for itself`,
      `${PATH}:7:11 error job four needs tset, which is no job of one.yml`,
    ])
  })

  it('poetry that builds and publishes in one', async () => {
    expect(
      await found('rebuilt-for-publishing', steps('      - run: poetry publish --build\n')),
    ).toHaveLength(1)
  })
})

describe('files as editors leave them', () => {
  const job = `jobs:\n  one:\n    steps:\n      - run: echo ${expression('github.head_ref')}\n`
  const at = (line: number) => [
    expect.stringMatching(new RegExp(`^\\.github/workflows/one\\.yml:${line}:19 error`)),
  ]

  it.each([
    ['with a byte order mark', `\ufeffon: push\n${job}`, 5],
    ['with CRLF', `on: push\n${job}`.replaceAll('\n', '\r\n'), 5],
    ['with a key in quotes', `"on": [push]\n${job}`, 5],
    ['after the start of a document', `---\non: push\n${job}`, 6],
    [
      'in flow style',
      `on: push\njobs: { one: { steps: [ { run: "${expression('github.head_ref')}" } ] } }\n`,
      2,
    ],
  ])('are read %s, and places stay right', async (_, text, line) => {
    const places = await found('script-injection', { [PATH]: text })
    expect(places).toEqual(line === 2 ? [expect.stringMatching(/one\.yml:2:33 error/)] : at(line))
  })

  it('are told of once where an alias repeats them', async () => {
    const text = `on: push\n${job.replace('steps:', 'steps: &s')}  two: { steps: *s }\n`
    expect(await found('script-injection', { [PATH]: text })).toEqual(at(5))
  })

  it.each([
    ['empty', '', 'not-a-workflow'],
    ['a comment', '# later\n', 'not-a-workflow'],
    ['a list', '- one\n', 'not-a-workflow'],
    ['indented by tabs', 'on: push\njobs:\n\tone: {}\n', 'invalid-yaml'],
    ['two documents', `on: push\n${job}---\non: push\n`, 'invalid-yaml'],
    ['an alias of nothing', 'on: push\njobs: *none\n', 'invalid-yaml'],
    [
      'steps that are none',
      'on: push\njobs: { one: { steps: [, text, 1, { uses: }] }, two: , three: [] }\n',
      'missing-timeout',
    ],
    ['bytes of another encoding', `on: push\nname: \udcff\n${job}`, 'script-injection'],
    [
      'a circle of anchors',
      'on: push\njobs: &a { one: *a, two: { needs: &n [*n], steps: [*a] } }\n',
      'missing-timeout',
    ],
  ])('%s: end in findings, not in a crash', async (_, text, rule) => {
    const { findings } = await report(checkout({ [PATH]: text }))
    expect(findings.map(finding => finding.rule)).toContain(rule)
  })
})
