import { createHash } from 'node:crypto'
import { FORMER_SHAPES } from './former-shapes.ts'
import { type Reference, referenceIn, repositoriesCalled, shapeOf } from './reference.ts'
import { CI, CI_WITHOUT_COVERAGE } from './templates/ci.ts'
import { COVERAGE_COMMENT } from './templates/coverage-comment.ts'
import { RELEASE } from './templates/release.ts'
import { VERSION_BUMP } from './templates/version-bump.ts'

/** What init writes, by the name of the file. */
const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  'ci.yml': [CI, CI_WITHOUT_COVERAGE],
  'coverage-comment.yml': [COVERAGE_COMMENT],
  'release.yml': [RELEASE],
  'version-bump.yml': [VERSION_BUMP],
}

/** Whether init has written this text, now or by an older template, and nobody has changed it. */
export function isUnchanged(name: string, text: string, reference: Reference): boolean {
  const shape = shapeOf(text, reference)
  const digest = createHash('sha256').update(shape).digest('hex').slice(0, 16)
  return (
    (TEMPLATES[name] ?? []).some(template => shapeOf(template, reference) === shape) ||
    (FORMER_SHAPES[name] ?? []).includes(digest)
  )
}

/** What a workflow calls: ours by its name, or a copy of ours with another name where the rest of the file is a template. */
export function referenceInUse(name: string, text: string): Reference | undefined {
  const byName = referenceIn(text)
  if (byName) return byName
  const copies = repositoriesCalled(text).flatMap(repository => {
    const reference = { repository, ref: '', comment: '' }
    return isUnchanged(name, text, reference) ? [reference] : []
  })
  return copies[0] && referenceIn(text, copies[0])
}
