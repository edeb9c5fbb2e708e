import { createHash } from 'node:crypto'
import { type Adopter, WORKFLOWS } from './adopter.ts'
import { FORMER_SHAPES } from './former-shapes.ts'
import { current, left, type Outcome, written } from './outcome.ts'
import { ownCalls, type Reference, referenceIn, shapeOf, withChoicesOf, withReference } from './reference.ts'
import { CI, CI_WITHOUT_COVERAGE } from './templates/ci.ts'
import { COVERAGE_COMMENT } from './templates/coverage-comment.ts'
import { RELEASE } from './templates/release.ts'
import { VERSION_BUMP } from './templates/version-bump.ts'
import { versionHome } from './version-home.ts'

/** A workflow that a project may need. */
interface Wanted {
  readonly name: string
  readonly template: string
  /** Other texts of ours for this file. */
  readonly variants?: readonly string[]
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
  const [template, other] = measures ? [CI, CI_WITHOUT_COVERAGE] : [CI_WITHOUT_COVERAGE, CI]
  return [
    { name: 'ci.yml', template, variants: [other], call: 'ci.yml', why: 'all checks by one call' },
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
  const shape = shapeOf(existing, reference)
  if (shape === shapeOf(wanted.template, reference)) {
    const own = referenceIn(existing, reference)
    const isOther = own?.repository !== reference.repository || own.ref !== reference.ref
    return isGiven && isOther
      ? written(
          path,
          existing,
          withReference(existing, reference),
          `calls ${reference.repository}@${reference.ref} as --owner says`,
        )
      : current(path, wanted.why)
  }
  if (!isFormer(shape, reference, wanted))
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

function isFormer(shape: string, reference: Reference, { name, variants = [] }: Wanted): boolean {
  return (
    variants.some(variant => shapeOf(variant, reference) === shape) ||
    (FORMER_SHAPES[name] ?? []).includes(digestOfShape(shape))
  )
}

/** How an older template is remembered. */
export function digestOfShape(shape: string): string {
  return createHash('sha256').update(shape).digest('hex').slice(0, 16)
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
