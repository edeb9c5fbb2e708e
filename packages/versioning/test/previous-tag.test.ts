import { describe, expect, it } from '@jest/globals'
import { type GitRepo, gitRepo } from '@tokenledger/testkit'
import fc from 'fast-check'
import { compareVersions, isPrerelease, previousTag, type TagCandidate, tagFormat } from '../src/index.ts'
import { version, versionsOf } from './arbitraries.ts'

/** Commits and tags in the order given: `tag` tags a new commit, `=tag` the same one, `>name` begins a branch at HEAD, `<name` goes back to one. */
function history(...steps: readonly string[]): GitRepo {
  const repo = gitRepo()
  for (const step of steps) {
    if (step.startsWith('>')) repo.git('switch', '--quiet', '--create', step.slice(1))
    else if (step.startsWith('<')) repo.git('switch', '--quiet', step.slice(1))
    else if (step.startsWith('=')) repo.git('tag', step.slice(1))
    else {
      repo.commit({ 'file.txt': step })
      repo.git('tag', step)
    }
  }
  return repo
}

function chosen({ git }: GitRepo, of: string, format = tagFormat('v{version}')) {
  const inHistory = git('tag', '--merged', 'HEAD').split('\n')
  const candidates = git('tag', '--list')
    .split('\n')
    .flatMap(tag => {
      const version = format.versionOf(tag)
      return version ? [{ tag, version, isAncestor: inHistory.includes(tag) }] : []
    })
  const found = previousTag(candidates, version(of))
  return found && { tag: found.tag, reason: found.reason }
}

describe('the tag that the notes begin at', () => {
  it('is for a final version the final one before, past its own release candidates', () => {
    const repo = history('v0.1.1', 'v0.2.0rc1', 'v0.2.0rc2')
    expect(chosen(repo, '0.2.0')).toEqual({
      tag: 'v0.1.1',
      reason: 'v0.1.1 is the highest final version below 0.2.0 in the history of this commit.',
    })
  })

  it('is for a release candidate the version of any kind before', () => {
    const repo = history('v0.1.1', 'v0.2.0-beta.1', 'v0.2.0rc1')
    expect(chosen(repo, '0.2.0rc2')).toEqual({
      tag: 'v0.2.0rc1',
      reason: 'v0.2.0rc1 is the highest version below 0.2.0rc2 in the history of this commit.',
    })
    expect(chosen(repo, '0.2.0rc1')?.tag).toBe('v0.2.0-beta.1')
    expect(chosen(repo, '0.2.0a1')?.tag).toBe('v0.1.1')
  })

  it('counts release candidates by number and not by letter', () => {
    expect(chosen(history('v1.0.0rc9', 'v1.0.0rc10'), '1.0.0rc11')?.tag).toBe('v1.0.0rc10')
  })

  it('is not a backport that was tagged later', () => {
    const repo = history('v0.1.1', '>release/0.1', '<main', 'v0.2.0', '<release/0.1', 'v0.1.2', '<main')
    expect(chosen(repo, '0.3.0')?.tag).toBe('v0.2.0')
    expect(chosen(repo, '0.2.0')).toEqual({
      tag: 'v0.1.1',
      reason:
        'v0.1.1 is the highest final version below 0.2.0 in the history of this commit (v0.1.2 is higher, but not in its history).',
    })
  })

  it('is for a backport the last one of its own line', () => {
    const repo = history('v0.1.1', '>release/0.1', '<main', 'v0.2.0', '<release/0.1', 'v0.1.2')
    expect(chosen(repo, '0.1.3')?.tag).toBe('v0.1.2')
  })

  it('is of the same package in a monorepo', () => {
    const repo = history('core-v1.0', 'api-v1.5', 'v1.7', 'core-v1.1', 'api-v2.0')
    const core = tagFormat('{name}-v{version}', 'core')
    expect(chosen(repo, '3.0', core)?.tag).toBe('core-v1.1')
    expect(chosen(repo, '3.0', tagFormat('{name}-v{version}', 'api'))?.tag).toBe('api-v2.0')
  })

  it('is right with two tags on one commit', () => {
    const repo = history('v0.1.0', 'v0.2.0rc1', '=v0.2.0')
    expect(chosen(repo, '0.2.1')?.tag).toBe('v0.2.0')
    expect(chosen(repo, '0.2.0')?.tag).toBe('v0.1.0')
    expect(chosen(repo, '0.2.0rc2')?.tag).toBe('v0.2.0rc1')
  })

  it('is the same each time when two tags spell one version', () => {
    const candidates = ['v0.1.0rc1', 'v0.1.0-rc.1'].map(tag => ({
      tag,
      version: version(tag.slice(1)),
      isAncestor: true,
    }))
    const tags = [candidates, candidates.toReversed()].map(
      list => previousTag(list, version('0.1.0rc2'))?.tag,
    )
    expect(tags).toEqual(['v0.1.0-rc.1', 'v0.1.0-rc.1'])
  })

  it('is one outside of the history only when there is none in it, and says so', () => {
    const repo = history('>lost', 'v0.1.0', 'v0.1.1', '<main')
    expect(chosen(repo, '0.2.0')).toEqual({
      tag: 'v0.1.1',
      reason:
        'v0.1.1 is the highest final version below 0.2.0; no such tag is in the history of this commit.',
    })
  })

  it('can be a post release, never the version itself or its other spelling', () => {
    expect(chosen(history('v1.0', 'v1.0.post1', 'v1.0.1', 'v1.0.1.0'), '1.0.1')?.tag).toBe('v1.0.post1')
  })

  it('does not exist for a first release, nor for a first final one', () => {
    expect(chosen(history('rev0.9x', 'vfoo.bar.baz'), '0.1.0')).toBeUndefined()
    expect(chosen(history('v0.1.0rc1'), '0.1.0')).toBeUndefined()
    expect(chosen(history('v0.2.0'), '0.1.0')).toBeUndefined()
  })

  it('is lower, of the right kind, and the highest such in the history, in whatever order tags come', () => {
    const candidate = fc.record({ version: versionsOf(), isAncestor: fc.boolean() })
    fc.assert(
      fc.property(fc.array(candidate, { maxLength: 12 }), versionsOf(), (list, of) => {
        const candidates: TagCandidate[] = list.map(one => ({ ...one, tag: `v${one.version.text}` }))
        const found = previousTag(candidates, of)
        expect(previousTag([...candidates].reverse(), of)?.tag).toBe(found?.tag)
        const fits = candidates.filter(
          ({ version }) => compareVersions(version, of) < 0 && (isPrerelease(of) || !isPrerelease(version)),
        )
        const best = fits.some(({ isAncestor }) => isAncestor) ? fits.filter(one => one.isAncestor) : fits
        expect(found === undefined).toBe(fits.length === 0)
        if (!found) return
        expect(best.map(({ tag }) => tag)).toContain(found.tag)
        expect(best.every(({ version }) => compareVersions(version, found.version) <= 0)).toBe(true)
      }),
    )
  })
})
