import { matchesGlob } from 'node:path'
import type { World } from './world.ts'

/** What a ruleset says about creating this ref, moving it or, with `deletes`, removing it; undefined when it allows it. */
export function violatedRule(world: World, name: string, deletes = false): string | undefined {
  const { git, settings } = world
  const tag = /^refs\/tags\/(.+)/.exec(name)?.[1]
  if (tag && world.records.burnedTags.has(tag)) return lockedTag(world, tag, deletes)
  if (tag && !git.ref(name) && matchesOne(settings.restrictedTags, tag)) return CREATION
  const branch = /^refs\/heads\/(.+)/.exec(name)?.[1]
  if (branch && matchesOne(settings.protectedBranches, branch)) {
    return violation('Changes must be made through a pull request.')
  }
  return undefined
}

const CREATION = violation('Cannot create ref due to creations being restricted.')

/** A tag of an immutable release never moves, and goes only after its release; it is not made again. */
function lockedTag({ git, records }: World, tag: string, deletes: boolean): string | undefined {
  if (!git.ref(`refs/tags/${tag}`)) return CREATION
  if (!deletes) return violation('Cannot update this protected ref.')
  const isUsed = records.releases.some(release => release.immutable && release.tag === tag)
  return isUsed ? violation('Cannot delete this tag') : undefined
}

function violation(rule: string): string {
  return `Repository rule violations found\n\n${rule}\n\n`
}

function matchesOne(patterns: readonly string[], name: string): boolean {
  return patterns.some(pattern => matchesGlob(name, pattern))
}
