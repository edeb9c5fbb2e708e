import { type Adopter, WORKFLOWS } from './adopter.ts'
import { isUnchanged } from './known-templates.ts'
import { current, left, type Outcome, written } from './outcome.ts'
import { ownCalls, type Reference, shapeOf, withChoicesOf, withReference } from './reference.ts'
import { CI, CI_WITHOUT_COVERAGE } from './templates/ci.ts'
import { COVERAGE_COMMENT } from './templates/coverage-comment.ts'
import { RELEASE } from './templates/release.ts'
import { VERSION_BUMP } from './templates/version-bump.ts'
import { versionHome } from './version-home.ts'

/** A workflow that a project may need. */
interface Wanted {
  readonly name: string
  readonly template: string
  /** A call that makes another file the same workflow. */
  readonly call: string
  readonly why: string
  /** Why this project has no use for it. */
  readonly notNeeded?: string | undefined
}

/** What is called, and whether a person said so now. */
export interface ChosenReference {
  readonly reference: Reference
  readonly isGiven: boolean
}

/** The workflows of ours that the project needs. */
export function workflowOutcomes(adopter: Adopter, chosen: ChosenReference): Outcome[] {
  return wantedBy(adopter).map(wanted => outcomeOf(adopter, chosen, wanted))
}

function wantedBy(adopter: Adopter): Wanted[] {
  const { value: measures, reason: coverage } = adopter.findings['has-coverage']
  const { value: isPackage, reason: packaging } = adopter.findings['has-package']
  const noPackage = isPackage ? undefined : `no package to release: ${packaging}`
  const version = versionHome(adopter)
  return [
    {
      name: 'ci.yml',
      template: measures ? CI : CI_WITHOUT_COVERAGE,
      call: 'ci.yml',
      why: 'all checks by one call',
    },
    {
      name: 'coverage-comment.yml',
      template: COVERAGE_COMMENT,
      call: 'coverage-comment.yml',
      why: `comments on pull requests from forks: ${coverage}`,
      notNeeded: measures ? undefined : `no coverage is measured: ${coverage}`,
    },
    {
      name: 'release.yml',
      template: RELEASE,
      call: 'release-prepare.yml',
      why: `releases the package at a tag: ${packaging}`,
      notNeeded: noPackage,
    },
    {
      name: 'version-bump.yml',
      template: VERSION_BUMP,
      call: 'version-bump.yml',
      why: 'makes the next version by a pull request',
      notNeeded: noPackage ?? (version.kind === 'none' ? version.reason : undefined),
    },
  ]
}

function outcomeOf(adopter: Adopter, chosen: ChosenReference, wanted: Wanted): Outcome {
  const path = `${WORKFLOWS}/${wanted.name}`
  const existing = adopter.read(path)
  if (wanted.notNeeded) return left(path, wanted.notNeeded)
  const other = callerElsewhere(adopter, chosen.reference, wanted)
  if (other) return left(path, `${other} calls ${wanted.call} already`)
  if (existing === undefined)
    return written(path, undefined, render(wanted.template, adopter, chosen.reference), wanted.why)
  return ofExisting(path, existing, chosen, wanted)
}

function ofExisting(
  path: string,
  existing: string,
  { reference, isGiven }: ChosenReference,
  wanted: Wanted,
): Outcome {
  if (ownCalls(existing, reference).length === 0)
    return left(
      path,
      'made by hand: it calls nothing of tokenledger-actions. Rename it and run init again to have ours',
    )
  const { repository, ref } = reference
  if (shapeOf(existing, reference) === shapeOf(wanted.template, reference))
    return isGiven
      ? written(
          path,
          existing,
          withReference(existing, reference),
          `calls ${repository}@${ref}, as --owner says`,
        )
      : current(path, wanted.why)
  if (!isUnchanged(wanted.name, existing, reference))
    return left(
      path,
      'changed by hand since init wrote it; remove it and run init again to have the template',
    )
  const after = withLineEndsOf(existing, withChoicesOf(existing, wanted.template, reference))
  return written(
    path,
    existing,
    isGiven ? withReference(after, reference) : after,
    `an older template, unchanged: ${wanted.why}`,
  )
}

function callerElsewhere(
  { workflows, read }: Adopter,
  reference: Reference,
  { name, call }: Wanted,
): string | undefined {
  return workflows
    .filter(other => other !== name)
    .find(other => ownCalls(read(`${WORKFLOWS}/${other}`) ?? '', reference).includes(`${WORKFLOWS}/${call}`))
}

function render(template: string, { branch }: Adopter, reference: Reference): string {
  return withReference(template, reference).replace('branches: [main]', () => `branches: [${branch}]`)
}

function withLineEndsOf(existing: string, text: string): string {
  return existing.includes('\r\n') ? text.replaceAll('\n', '\r\n') : text
}
