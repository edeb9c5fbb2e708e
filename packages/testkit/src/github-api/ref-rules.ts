import { matchesGlob } from 'node:path'
import type { World } from './world.ts'

/** What a ruleset says about creating this ref or moving it; undefined when it allows it. */
export function violatedRule({ git, settings }: World, name: string): string | undefined {
  const tag = /^refs\/tags\/(.+)/.exec(name)?.[1]
  if (tag && !git.ref(name) && matchesOne(settings.restrictedTags, tag)) {
    return violation('Cannot create ref due to creations being restricted.')
  }
  const branch = /^refs\/heads\/(.+)/.exec(name)?.[1]
  if (branch && matchesOne(settings.protectedBranches, branch)) {
    return violation('Changes must be made through a pull request.')
  }
  return undefined
}

function violation(rule: string): string {
  return `Repository rule violations found\n\n${rule}\n\n`
}

function matchesOne(patterns: readonly string[], name: string): boolean {
  return patterns.some(pattern => matchesGlob(name, pattern))
}
