import { describe, expect, it } from '@jest/globals'
import { gitIn, tempDir } from '@tokenledger/testkit'
import { releaseHistory } from '../../src/history/release-history.ts'
import type { ChooseTag } from '../../src/history/tag.ts'
import { actionGit, server } from './clones.ts'

/** The highest of `v1`, `v2`, … that is an ancestor; without one, the highest. */
const highest: ChooseTag = tags => {
  const numbered = tags
    .filter(({ tag }) => /^v\d+$/.test(tag))
    .sort((a, b) => Number(b.tag.slice(1)) - Number(a.tag.slice(1)))
  return numbered.find(({ isAncestor }) => isAncestor) ?? numbered[0]
}

const historyOf = (root: string, choose = highest) => releaseHistory(actionGit(root), { choose })

describe('the history of a whole clone', () => {
  it('is read from the clone, with what each tag leads to and its ancestry', async () => {
    const { git, commits, checkout } = server()
    const first = commits(1)
    git('tag', 'v1')
    git('tag', '--annotate', '--message', 'two', 'v2')
    git('tag', '--annotate', '--message', 'a tag of a tag', 'nested', 'v2')
    git('tag', 'a-tree', 'HEAD^{tree}')
    git('switch', '--quiet', '--create', 'other')
    const elsewhere = commits(1)
    git('tag', 'v9')
    git('switch', '--quiet', 'main')
    const last = commits(2)
    const root = checkout(0, 'main')
    gitIn(root)('remote', 'remove', 'origin')
    const history = await historyOf(root)
    expect(history.tags).toEqual([
      { tag: 'nested', commit: first, isAncestor: true },
      { tag: 'v1', commit: first, isAncestor: true },
      { tag: 'v2', commit: first, isAncestor: true },
      { tag: 'v9', commit: elsewhere, isAncestor: false },
    ])
    expect(history.previous?.tag).toBe('v2')
    expect(history.commits.map(({ hash }) => hash)).toEqual([last, git('rev-parse', 'main^')])
    expect(history.repaired).toBeUndefined()
  })

  it('has every commit before the first tag, and none right at a tag', async () => {
    const { git, commits, checkout } = server()
    commits(3)
    const untagged = await historyOf(checkout(0))
    expect([untagged.previous, untagged.commits.length]).toEqual([undefined, 4])
    git('tag', 'v1')
    const tagged = await historyOf(checkout(0))
    expect([tagged.previous?.tag, tagged.commits]).toEqual(['v1', []])
  })

  it('asks the remote when the clone has no tag at all, and does without when there is no remote', async () => {
    const { git, commits, checkout } = server()
    git('tag', '--annotate', '--message', 'one', 'v1')
    const added = commits(1)
    const root = checkout(0)
    gitIn(root)('tag', '--delete', 'v1')
    const asked = await historyOf(root)
    expect([asked.previous?.tag, asked.commits.map(({ hash }) => hash)]).toEqual(['v1', [added]])
    gitIn(root)('remote', 'remove', 'origin')
    expect((await historyOf(root)).previous).toBeUndefined()
  })

  it('counts from a tag whose commit is on no branch, as a squash leaves it', async () => {
    const { git, commits, checkout } = server()
    git('switch', '--quiet', '--create', 'release')
    commits(1)
    git('tag', 'v1')
    git('switch', '--quiet', 'main')
    const squashed = commits(1)
    git('branch', '--quiet', '-D', 'release')
    const root = checkout(0)
    gitIn(root)('tag', '--delete', 'v1')
    for (const at of [root, checkout(1)]) {
      const history = await historyOf(at)
      expect(history.previous).toMatchObject({ tag: 'v1', isAncestor: false })
      expect(history.commits.map(({ hash }) => hash)).toEqual([squashed])
    }
  })
})

describe('the history of a shallow clone', () => {
  it.each([
    [0, 'git ls-remote --tags', 1],
    [30, 'git ls-remote --tags, git fetch --deepen=100', 101],
    [300, 'git ls-remote --tags, git fetch --deepen=100, git fetch --deepen=1000', 1101],
    [
      1200,
      'git ls-remote --tags, git fetch --deepen=100, git fetch --deepen=1000, git fetch --unshallow',
      2201,
    ],
  ])('with the tag %i commits back is deepened as far as needed', async (distance, repaired, there) => {
    const { git, commits, checkout } = server()
    commits(1000)
    git('tag', '--annotate', '--message', 'one', 'v1')
    if (distance > 0) commits(distance)
    const root = checkout(1)
    const history = await historyOf(root)
    expect(history).toMatchObject({ previous: { tag: 'v1', isAncestor: true }, repaired })
    expect(history.commits).toHaveLength(distance)
    expect(gitIn(root)('rev-list', '--count', 'HEAD')).toBe(`${there}`)
    expect(gitIn(root)('tag')).toBe('')
    expect(gitIn(root)('status', '--porcelain')).toBe('')
  })

  it('is deepened on while a higher tag could be further back', async () => {
    const { git, commits, checkout } = server()
    git('tag', 'v2')
    commits(150)
    git('tag', 'v1')
    commits(10)
    expect((await historyOf(checkout(20))).previous?.tag).toBe('v2')
  })

  it('does not care for a higher tag that the choice leaves out', async () => {
    const { git, commits, checkout } = server()
    commits(300)
    git('switch', '--quiet', '--create', 'next')
    commits(1)
    git('tag', 'v2')
    git('switch', '--quiet', 'main')
    git('tag', 'v1')
    commits(1)
    const below2: ChooseTag = tags => highest(tags.filter(({ tag }) => tag !== 'v2'))
    const history = await historyOf(checkout(5), below2)
    expect(history).toMatchObject({ previous: { tag: 'v1' }, repaired: 'git ls-remote --tags' })
    expect(history.tags.find(({ tag }) => tag === 'v2')?.isAncestor).toBe(false)
  })

  it.each([1, 2, 5, 60])(
    'at depth %i has what the whole clone has after the merge of an old branch',
    async depth => {
      const { git, commits, checkout } = server()
      commits(40)
      git('switch', '--quiet', '--create', 'old')
      commits(130, 'fix: on the branch')
      git('switch', '--quiet', 'main')
      commits(150)
      git('tag', 'v1')
      commits(3)
      git('merge', '--quiet', '--no-ff', '--message', "Merge branch 'old'", 'old')
      const [shallow, whole] = [await historyOf(checkout(depth)), await historyOf(checkout(0))]
      expect(shallow.previous?.tag).toBe('v1')
      expect(shallow.commits).toEqual(whole.commits)
      expect(whole.commits).toHaveLength(134)
    },
  )

  it('is deepened also when a step of the job has committed', async () => {
    const { git, commits, checkout } = server()
    git('tag', 'v1')
    commits(3)
    const root = checkout(1)
    gitIn(root)('commit', '--quiet', '--allow-empty', '--message', 'fix: of this job')
    const history = await historyOf(root)
    expect(history.commits.map(({ message }) => message)[0]).toBe('fix: of this job')
    expect(history.commits).toHaveLength(4)
  })

  it('is fetched whole for a first release', async () => {
    const { commits, checkout } = server()
    commits(5)
    const history = await historyOf(checkout(2))
    expect([history.previous, history.commits.length]).toEqual([undefined, 6])
  })

  it('fails with cause and remedy when the remote cannot be asked', async () => {
    const root = server().checkout(1)
    gitIn(root)('remote', 'remove', 'origin')
    await expect(historyOf(root)).rejects.toThrow(
      'HISTORY_MISSING: the checkout is shallow and its tags cannot be listed (there is no remote origin); set fetch-depth: 0 in actions/checkout, or keep its credentials, or give token contents: read',
    )
  })
})

describe('a folder', () => {
  it('without a repository is an error', async () => {
    const reading = historyOf(tempDir())
    await expect(reading).rejects.toThrow('HISTORY_MISSING: there is no git repository with a commit')
  })

  it('of another account is read', async () => {
    const { path } = server()
    process.env.GIT_TEST_ASSUME_DIFFERENT_OWNER = '1'
    try {
      expect((await historyOf(path)).commits).toHaveLength(1)
    } finally {
      delete process.env.GIT_TEST_ASSUME_DIFFERENT_OWNER
    }
  })
})
