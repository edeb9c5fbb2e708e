import { appendFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Git, gitIn, type PackageIndex, startPackageIndex, tempDir } from '@tokenledger/testkit'
import { ours, type PostedComment, runCi, runPullRequest } from './run-ci.ts'

/** Two Pythons are set up and test; on two shared cores that takes up to a minute. */
const RUN_MS = 240_000

/** Of all that the job waits for, only the tests; the demo has the rest. */
const NARROW = {
  'python-versions': `'["3.11", "3.12"]'`,
  skip: 'lint, type-check, integration, dashboard',
}
const GREEN = { plan: 'success', 'test (3.11)': 'success', 'test (3.12)': 'success', coverage: 'success' }

const REFUND = `

def refund(amount: int) -> int:
    """What is given back for an amount."""
    if amount < 0:
        return 0
    return amount
`
const REFUND_TEST = `

def test_a_refund_is_never_negative() -> None:
    assert [refund(3), refund(-3)] == [3, 0]
`

let index: PackageIndex
beforeAll(async () => {
  index = await startPackageIndex({ cacheDirectory: tempDir('index-') })
})
afterAll(() => index.close())

const environment = () => ({ UV_DEFAULT_INDEX: index.url, PIP_INDEX_URL: index.url })

/** examples/tokenledger on a branch whose only change so far is \`inputs\`, while main has grown. */
function checkout(inputs: Readonly<Record<string, string>>): {
  folder: string
  git: Git
  commit: () => void
} {
  const folder = tempDir('tokenledger-')
  cpSync(ours('examples', 'tokenledger'), folder, {
    recursive: true,
    filter: path => !/\/(\.venv|node_modules|dist|coverage|__pycache__)$/.test(path),
  })
  const workflow = join(folder, '.github', 'workflows', 'ci.yml')
  const given = Object.entries({ ...NARROW, ...inputs }).map(([name, value]) => `      ${name}: ${value}\n`)
  const before = readFileSync(workflow, 'utf8').trimEnd()
  // Codecov takes GitHub's identity.
  const identified = before.replace('contents: read\n', 'contents: read\n      id-token: write\n')
  writeFileSync(workflow, `${identified}\n    with:\n${given.join('')}`)
  const git = gitIn(folder)
  const commit = () => {
    git('add', '--all')
    git('commit', '--quiet', '--message', 'feat: refunds')
  }
  git('init', '--quiet', '--initial-branch=main')
  commit()
  git('branch', 'change')
  // Above the change, so that its lines are others in the merge commit than in the branch.
  const report = join(folder, 'tokenledger', 'report.py')
  const text = readFileSync(report, 'utf8')
  writeFileSync(
    report,
    text.replace('\nfrom collections import', '\n# Sums\n# per model.\nfrom collections import'),
  )
  commit()
  git('checkout', '--quiet', 'change')
  return { folder, git, commit }
}

const readReport = (report: string) => readFileSync(join(report, 'index.html'), 'utf8')

describe('the job coverage on examples/tokenledger', () => {
  it(
    'judges the merged legs of a push once, and an upload that is required goes to the stand-in of Codecov',
    async () => {
      const { folder } = checkout({ 'coverage-min-total': '80', 'codecov-upload': 'required' })
      const report = tempDir('report-')
      const run = await runCi(folder, ['--job', 'coverage', '--report', report], environment())
      expect(run.jobs).toMatchObject(GREEN)
      expect(run.code).toBe(0)
      const page = readReport(report)
      expect(page).toMatch(/Coverage gate passed/)
      expect(page).toMatch(/Total: computed from the lines of 2 reports/)
      expect(page).toContain('Uploaded to Codecov')
      expect(page).not.toContain('Comment on the pull request')
    },
    RUN_MS,
  )

  const conversation: PostedComment[] = []
  it(
    'fails for a pull request with a changed line that is not covered, at its line in the branch, and comments',
    async () => {
      const { folder, git, commit } = checkout({ 'coverage-min-patch': '100' })
      appendFileSync(join(folder, 'tokenledger', 'report.py'), REFUND)
      commit()
      const report = tempDir('report-')
      const run = await runPullRequest({ checkout: folder, job: 'coverage', report }, [], environment())
      expect(run.jobs).toMatchObject({ ...GREEN, coverage: 'failure' })
      expect(run.code).toBe(1)
      const lines = git('show', 'change:tokenledger/report.py').split('\n')
      const [first, last] = [lines.indexOf('    if amount < 0:') + 1, lines.indexOf('    return amount') + 1]
      expect(run.log).toContain(
        `! tokenledger/report.py:${first}: Lines ${first}–${last} are not covered by tests (3 statements).`,
      )
      expect(run.conversation).toHaveLength(1)
      expect(run.conversation[0]?.body).toContain('### ❌ Coverage gate failed')
      expect(readReport(report)).toContain('Comment on the pull request')
      conversation.push(...run.conversation)
    },
    RUN_MS,
  )

  it(
    'brings that comment up to date in place when the change is covered, among 60 others',
    async () => {
      const { folder, commit } = checkout({ 'coverage-min-patch': '100' })
      appendFileSync(join(folder, 'tokenledger', 'report.py'), REFUND)
      const tests = join(folder, 'tests', 'test_report.py')
      const imported = readFileSync(tests, 'utf8').replace('import as_text', 'import as_text, refund')
      writeFileSync(tests, imported + REFUND_TEST)
      commit()
      const [ours] = conversation
      if (!ours) throw new Error('the run before left no comment')
      const others = Array.from(
        { length: 60 },
        (_, n): PostedComment => ({
          ...ours,
          id: 1000 + n,
          author: 'octocat',
          body: n === 7 ? ours.body : `Comment ${n}`,
        }),
      )
      const before = [...others.slice(0, 45), { ...ours, id: 2000 }, ...others.slice(45)]
      const wish = { checkout: folder, job: 'coverage', report: tempDir('report-') }
      const run = await runPullRequest(wish, before, environment())
      expect(run.jobs).toMatchObject(GREEN)
      expect(run.conversation.map(({ id }) => id)).toEqual(before.map(({ id }) => id))
      const changed = run.conversation.filter(({ body }, n) => body !== before[n]?.body)
      expect(changed.map(({ id }) => id)).toEqual([2000])
      expect(changed[0]?.body).toContain('### ✅ Coverage gate passed')
    },
    RUN_MS,
  )

  it(
    'gives a fork the verdict and the whole summary, and leaves the comment to coverage-comment.yml',
    async () => {
      const { folder, commit } = checkout({ 'coverage-min-total': '80' })
      appendFileSync(join(folder, 'tokenledger', 'report.py'), REFUND)
      commit()
      const report = tempDir('report-')
      const args = ['--event', 'pull_request', '--fork', '--job', 'coverage', '--report', report]
      const run = await runCi(folder, args, environment())
      expect(run.jobs).toMatchObject(GREEN)
      expect(run.code).toBe(0)
      const page = readReport(report)
      expect(page).toContain('Comment not posted: this run&#39;s token is read-only (fork pull request).')
      expect(page).toContain('Coverage gate passed')
      expect(page).toMatch(/Changed lines/)
      expect(page).toContain('<tr><td>coverage-comment</td>')
      expect(page).not.toContain('Comment on the pull request')
    },
    RUN_MS,
  )
})
