import { expect, it } from '@jest/globals'
import { manyCommits } from '../../../tools/src/bench/many-commits.ts'
import { autoPart } from '../../src/conventional/auto-part.ts'
import { releaseHistory } from '../../src/history/release-history.ts'
import { actionGit } from './clones.ts'

it('the commits since the last of 200 tags are found among 10,000', async () => {
  const git = actionGit(manyCommits({ commits: 10_000, tags: 200 }))
  const last = await releaseHistory(git, { choose: tags => tags.find(({ tag }) => tag === 'v0.200.0') })
  expect(last.tags.filter(({ isAncestor }) => isAncestor)).toHaveLength(200)
  expect(last.commits).toHaveLength(50)
  expect(autoPart(last.commits, { isZero: true, majorOnZero: false }).part).toBe('minor')
  const all = await releaseHistory(git, { choose: () => undefined })
  expect(all.commits).toHaveLength(10_000)
  expect(autoPart(all.commits, { isZero: true, majorOnZero: false }).unparsed).toEqual([])
})
