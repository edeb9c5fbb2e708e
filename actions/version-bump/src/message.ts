import type { Plan } from './plan.ts'

type Bump = Extract<Plan, { kind: 'bump' }>

/** The line by which a later run knows the commit. */
export function trailerOf({ version }: Pick<Bump, 'version'>): string {
  return `Release-Version: ${version.text}`
}

/** Of the commit, in the form of Conventional Commits; `chore` decides no version. */
export function messageOf(bump: Pick<Bump, 'version' | 'current' | 'tag'>): string {
  const { version, current, tag } = bump
  return `${titleOf({ tag })}\n\nThe version goes from ${current.text} to ${version.text}.\n\n${trailerOf({ version })}`
}

export function titleOf({ tag }: Pick<Bump, 'tag'>): string {
  return `chore(release): ${tag}`
}
