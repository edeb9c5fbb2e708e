import { describe, expect, it } from '@jest/globals'
import { found } from './checking.ts'

const PATH = '.github/workflows/bump.yml'
const RELEASE = '.github/workflows/release.yml'
const UPLOAD = '      - uses: pypa/gh-action-pypi-publish@v1\n'
const atTags = (glob: string, steps = UPLOAD, rest = '') => ({
  [RELEASE]: `on: { push: { tags: ['${glob}'] } }\njobs:\n  out:\n${rest}    steps:\n${steps}`,
})
const bump = (run: string, more = '', rest = '') => ({
  [PATH]: `on: workflow_dispatch\njobs:\n  bump:\n${rest}    steps:\n${more}      - run: ${run}\n`,
})

describe('a pushed tag', () => {
  it.each([
    'git push --tags',
    'git push --atomic --follow-tags',
    'git push origin refs/tags/v1',
    'git tag v1 && git push origin "v$V"',
  ])('starts nothing: %s', async run => {
    expect(await found('tag-starts-nothing', { ...bump(run), ...atTags('v*') })).toEqual([
      expect.stringMatching(
        /^\.github\/workflows\/bump\.yml:5:\d+ error the tag pushed here does not start release\.yml$/,
      ),
    ])
  })

  it('starts the release when another token pushes it, or when the release is dispatched', async () => {
    const token =
      '      - uses: actions/checkout@v4\n        with: { token: "${' + '{ steps.app.outputs.token }}" }\n'
    expect(await found('tag-starts-nothing', { ...bump('git push --tags', token), ...atTags('v*') })).toEqual(
      [],
    )
    const dispatched = bump('git push --tags && gh workflow run release.yml --ref "v$V"')
    expect(await found('tag-starts-nothing', { ...dispatched, ...atTags('v*') })).toEqual([])
  })

  it('matters only where a workflow waits for tags, and is not a branch', async () => {
    expect(await found('tag-starts-nothing', bump('git push --tags'))).toEqual([])
    expect(await found('tag-starts-nothing', { ...bump('git push origin topic'), ...atTags('v*') })).toEqual(
      [],
    )
  })
})

describe('a push to the default branch', () => {
  const PULLS = JSON.stringify({
    target: 'branch',
    conditions: { ref_name: { include: ['~DEFAULT_BRANCH'] } },
    rules: [{ type: 'pull_request' }],
  })

  it('is an error where a ruleset asks for pull requests', async () => {
    expect(await found('push-to-default-branch', bump('git push origin HEAD:main'))).toEqual([
      `${PATH}:5:14 warning pushes to the default branch`,
    ])
    const ruled = { ...bump('git push origin main'), '.github/rulesets/main.json': PULLS }
    expect(await found('push-to-default-branch', ruled)).toEqual([
      `${PATH}:5:14 error pushes to the default branch, which .github/rulesets/main.json closes for pushes`,
    ])
  })

  it('is what a run at that branch pushes without a name', async () => {
    const atMain = (run: string) => ({
      [PATH]: bump(run)[PATH]?.replace('workflow_dispatch', '{ push: { branches: [main] } }') ?? '',
    })
    expect(await found('push-to-default-branch', atMain('git push --follow-tags'))).toEqual([
      `${PATH}:5:14 warning pushes to the default branch, and not atomically`,
    ])
    for (const run of ['git push --tags', 'git switch -c topic && git push', 'git push origin topic'])
      expect(await found('push-to-default-branch', atMain(run))).toEqual([])
  })

  it('is not a push of another branch', async () => {
    for (const run of ['git push origin main-fixes', 'git push origin topic', 'echo main'])
      expect(await found('push-to-default-branch', bump(run))).toEqual([])
  })

  it('belongs to a run at that branch', async () => {
    expect(await found('push-from-any-branch', bump('git push origin main'))).toEqual([
      `${PATH}:5:14 warning job bump runs on any branch and pushes to the default one`,
    ])
    const bound = bump('git push origin main', '', "    if: github.ref_name == 'main'\n")
    expect(await found('push-from-any-branch', bound)).toEqual([])
    const checkedOut = bump(
      'git push origin main',
      '      - uses: actions/checkout@v4\n        with: { ref: main }\n',
    )
    expect(await found('push-from-any-branch', checkedOut)).toEqual([])
  })
})

describe('the tags that start a release', () => {
  it.each(['v*', '*', '**', 'v*.*.*'])('are any text with %s', async glob => {
    expect(await found('tag-glob', atTags(glob))).toHaveLength(1)
  })

  it.each(['v[0-9]*', 'v[0-9]+.[0-9]+.[0-9]+', 'v1.*'])('are versions with %s', async glob => {
    expect(await found('tag-glob', atTags(glob))).toEqual([])
  })

  it('may be any for what does not release', async () => {
    const docs = {
      '.github/workflows/docs.yml':
        "on: { push: { tags: ['*'] } }\njobs: { docs: { steps: [{ run: make }] } }\n",
    }
    expect(await found('tag-glob', docs)).toEqual([])
  })

  it('are compared with the version and the branch', async () => {
    expect(await found('tag-version-unchecked', atTags('v*'))).toHaveLength(1)
    expect(await found('tag-branch-unchecked', atTags('v*'))).toHaveLength(1)
    const steps = `      - run: test "$GITHUB_REF_NAME" = "v$(cat V)" || [ "$TAG" == x ]\n      - run: git merge-base --is-ancestor HEAD origin/main\n${UPLOAD}`
    expect(await found('tag-version-unchecked', atTags('v*', steps))).toEqual([])
    expect(await found('tag-branch-unchecked', atTags('v*', steps))).toEqual([])
  })

  it('need no such steps where a version comes from the tag, or a ruleset guards the tags', async () => {
    const pyproject = { 'pyproject.toml': '[build-system]\nrequires = ["hatchling", "hatch-vcs"]\n' }
    expect(await found('tag-version-unchecked', { ...atTags('v*'), ...pyproject })).toEqual([])
    const ruleset = { '.github/rulesets/tags.json': '{ "target": "tag", "rules": [] }' }
    expect(await found('tag-branch-unchecked', { ...atTags('v*'), ...ruleset })).toEqual([])
  })

  it('do not matter for an upload to TestPyPI, or one that a published release starts', async () => {
    const test = `${UPLOAD}        with: { repository-url: 'https://test.example/legacy/' }\n`
    expect(await found('tag-branch-unchecked', atTags('v*', test))).toEqual([])
    const published = atTags('v*', UPLOAD, "    if: github.event.action == 'published'\n")
    expect(await found('tag-branch-unchecked', published)).toEqual([])
  })
})

describe('a release made by a workflow', () => {
  const waiting = {
    '.github/workflows/docs.yml': 'on: { release: { types: [published] } }\njobs: { docs: { steps: [] } }\n',
  }
  const release = (rest: string) => ({
    ...waiting,
    ...atTags('v1', `      - uses: softprops/action-gh-release@v2\n${rest}`),
  })

  it('starts nothing with GITHUB_TOKEN', async () => {
    expect(await found('release-starts-nothing', release(''))).toEqual([
      `${RELEASE}:5:9 error the release made here does not start docs.yml`,
    ])
  })

  it('starts what waits for it with another token, or when a person publishes the draft', async () => {
    const token = `        with: { token: "\${{ secrets.APP_TOKEN }}" }\n`
    for (const rest of [token, '        with: { draft: true }\n'])
      expect(await found('release-starts-nothing', release(rest))).toEqual([])
  })
})
