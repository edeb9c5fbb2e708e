import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { autoPart } from '../../src/conventional/auto-part.ts'
import { shortHash } from '../../src/history/commit.ts'
import { commitOf, hashOf, mergeOf } from './commit-of.ts'

const STABLE = { isZero: false, majorOnZero: false }
const ZERO = { isZero: true, majorOnZero: false }
const decide = (messages: readonly string[], policy = STABLE) =>
  autoPart(
    messages.map(text => commitOf(text)),
    policy,
  )
const short = (message: string) => hashOf(message).slice(0, 7)

describe('autoPart', () => {
  it.each([
    ['docs: x', 'fix: y', 'patch'],
    ['fix: x', 'feat: y', 'minor'],
    ['feat!: x', 'feat: y', 'major'],
    ['perf: x', 'chore: y', 'patch'],
    ['Revert "feat: of an older release"', 'chore: y', 'patch'],
    ['fix: x\n\nBREAKING CHANGE: z', 'docs: y', 'major'],
    ['fix: x (#1)\n\n* feat!: y\n\n* feat: z', 'docs: y', 'patch'],
  ])('%j and %j make a %s', (a, b, part) => {
    expect(decide([a, b]).part).toBe(part)
    expect(decide([b, a]).part).toBe(part)
  })

  it('makes a minor version of a break below 1.0.0, unless major-on-zero is on', () => {
    const message = 'feat!: x'
    expect(decide([message], ZERO)).toMatchObject({
      part: 'minor',
      reason: `minor, because 1 commit breaks what was there (${short(message)}); below 1.0.0 a break is a minor version.`,
    })
    expect(decide([message], { isZero: true, majorOnZero: true })).toMatchObject({
      part: 'major',
      reason: `major, because 1 commit breaks what was there (${short(message)}); major-on-zero is on.`,
    })
    expect(decide(['feat: x'], ZERO).part).toBe('minor')
  })

  it('names the commits that decided, and says which kind they are', () => {
    const messages = ['fix: a', 'feat: 1', 'feat: 2', 'feat: 3', 'feat: 4']
    const { deciding, reason } = decide(messages)
    expect(deciding.map(({ message }) => message)).toEqual(['feat: 1', 'feat: 2', 'feat: 3', 'feat: 4'])
    const named = ['feat: 1', 'feat: 2', 'feat: 3'].map(short).join(', ')
    expect(reason).toBe(`minor, because 4 commits add features (${named}, 1 more).`)
    expect(decide(['fix: a']).reason).toBe(`patch, because 1 commit fixes something (${short('fix: a')}).`)
  })

  it('releases nothing without a commit that asks for it, and says what there was', () => {
    expect(decide([])).toEqual({
      part: undefined,
      reason: 'Nothing to release: there is no commit since the last release.',
      ...{ deciding: [], unparsed: [], doubtful: [], cancelled: [] },
    })
    expect(decide(['docs: x']).reason).toBe(
      'Nothing to release: the one commit since the last release neither breaks, nor adds, nor fixes anything.',
    )
    expect(decide(['docs: x', 'add asyncpg support']).reason).toBe(
      'Nothing to release: none of the 2 commits since the last release breaks, adds or fixes anything (among them 1 of another form than "type: description").',
    )
  })

  it('lists commits of another form, but no merges; a merge with a type counts', () => {
    const odd = commitOf('add asyncpg support')
    const merge = mergeOf('Merge pull request #3 from a/b\n\nfeat: x')
    expect(autoPart([odd, merge], STABLE)).toMatchObject({ part: undefined, unparsed: [odd] })
    expect(autoPart([mergeOf('feat: x (#3)')], STABLE).part).toBe('minor')
  })

  it('names commits that speak of a break where it does not count', () => {
    const message = 'fix: x (#1)\n\n* feat!: y\n\n* fix: z'
    const { doubtful, part } = decide([message, 'feat!: a\n\n* feat!: b'])
    expect(part).toBe('major')
    expect(doubtful.map(commit => commit.message)).toEqual([message])
  })

  it('does not change with more commits of a lower kind, whatever their order', () => {
    const lower = fc.array(fc.constantFrom('docs: x', 'fix: y', 'chore: z', 'odd', 'perf: w'))
    fc.assert(
      fc.property(lower, lower, (before, after) => {
        const { part, deciding } = decide([...before, 'feat: the one', ...after])
        expect([part, deciding.map(shortHash)]).toEqual(['minor', [short('feat: the one')]])
      }),
    )
  })
})

describe('a commit that is reverted before the release', () => {
  const feature = 'feat!: a big thing'
  const byHash = `Revert "feat!: a big thing"\n\nThis reverts commit ${hashOf(feature)}.`
  const byButton = 'Revert "feat!: a big thing" (#8)\n\nReverts org/repo#7'

  it.each([
    ['git', byHash],
    ["GitHub's button", byButton],
    ['a conventional subject', `revert: a big thing\n\nThis reverts commit ${hashOf(feature).slice(0, 9)}.`],
  ])('by %s makes no release, and both are listed', (_, revert) => {
    const { part, cancelled, reason } = decide([revert, 'docs: x', feature])
    expect(part).toBeUndefined()
    expect(cancelled.map(({ message }) => message)).toEqual([revert, feature])
    expect(reason).toContain('among them 2 that cancel each other out')
  })

  it('counts again when the revert is reverted', () => {
    const again = `Revert "Revert "feat!: a big thing""\n\nThis reverts commit ${hashOf(byHash)}.`
    expect(decide([again, byHash, feature])).toMatchObject({ part: 'major' })
    expect(decide(['Reapply "feat!: a big thing"', 'Revert "feat!: a big thing"', feature]).part).toBe(
      'major',
    )
    expect(decide([`Reapply "x"\n\nThis reverts commit ${hashOf(byHash)}.`, byHash, feature]).part).toBe(
      'major',
    )
  })

  it('counts when it comes after the revert, or only quotes one', () => {
    expect(decide([feature, byHash]).part).toBe('major')
    expect(decide([`fix: x\n\nThis reverts commit ${hashOf(feature)}.`, feature]).part).toBe('major')
  })
})
