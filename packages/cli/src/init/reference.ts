import { UserError } from '@tokenledger/kit'

/** Where our workflows and actions are called from, such as `org/tokenledger-actions@v1`. */
export interface Reference {
  readonly repository: string
  readonly ref: string
  /** What stands behind it on its line: ` # v1.2.3` after a commit. */
  readonly comment: string
}

export const DEFAULT_REFERENCE: Reference = { repository: 'org/tokenledger-actions', ref: 'v1', comment: '' }

/** Reads `NAME/REPO@REF`. */
export function parseReference(text: string): Reference {
  const [, repository, ref] = /^([\w-]+\/[\w.-]+)@([\w./-]+)$/.exec(text) ?? []
  if (repository && ref) return { repository, ref, comment: '' }
  throw new UserError(`--owner is "${text}"; give NAME/REPO@REF, such as acme/tokenledger-actions@v1.`)
}

const USES = /^([ \t]*(?:-[ \t]+)?uses:[ \t]*["']?)([^\s@#'"]+)@([^\s#'"]+)([ \t]+#[^\r\n]*)?/gm
const BRANCH = /^([ \t]*branches: \[)([\w./-]+)\]/m

/** Whose it is: the name of the repository says so, whoever owns it. */
function isOwn(target: string, { repository }: Reference): boolean {
  const [owner = '', name = ''] = target.split('/')
  return name === 'tokenledger-actions' || `${owner}/${name}` === repository
}

/** Targets of the calls of ours in a workflow, without the repository: `.github/workflows/ci.yml`. */
export function ownCalls(text: string, reference: Reference): string[] {
  return [...text.matchAll(USES)].flatMap(([, , target = '']) =>
    isOwn(target, reference) ? [withoutRepository(target)] : [],
  )
}

/** Every `owner/name` that a workflow calls, each once. */
export function repositoriesCalled(text: string): string[] {
  const targets = [...text.matchAll(USES)].map(([, , target = '']) => target.split('/').slice(0, 2).join('/'))
  return [...new Set(targets)]
}

/** The reference of the first call of ours. */
export function referenceIn(text: string, reference = DEFAULT_REFERENCE): Reference | undefined {
  const call = [...text.matchAll(USES)].find(([, , target = '']) => isOwn(target, reference))
  if (!call) return undefined
  const [, , target = '', ref = '', comment = ''] = call
  return { repository: target.split('/').slice(0, 2).join('/'), ref, comment }
}

/** What is left of a workflow without what people and Dependabot change in any: the versions called, our owner, the branch. */
export function shapeOf(text: string, reference: Reference): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(
      USES,
      (_, lead: string, target: string) =>
        lead + (isOwn(target, reference) ? `own/${withoutRepository(target)}` : target),
    )
    .replace(BRANCH, '$1branch]')
}

/** A template with the versions, the owner and the branch that `existing` has. */
export function withChoicesOf(existing: string, template: string, reference: Reference): string {
  const kept = new Map(
    [...existing.matchAll(USES)].map(([, , target = '', ref, comment = '']) => [target, `${ref}${comment}`]),
  )
  const own = referenceIn(existing, reference) ?? reference
  const branch = BRANCH.exec(existing)?.[2]
  return withReference(template, own)
    .replace(USES, (call, lead: string, target: string) =>
      kept.has(target) ? `${lead}${target}@${kept.get(target)}` : call,
    )
    .replace(BRANCH, (line, lead: string) => (branch ? `${lead}${branch}]` : line))
}

/** A workflow that calls ours by this reference. */
export function withReference(text: string, reference: Reference): string {
  const { repository, ref, comment } = reference
  return text.replace(USES, (call, lead: string, target: string) =>
    isOwn(target, reference) ? `${lead}${repository}/${withoutRepository(target)}@${ref}${comment}` : call,
  )
}

function withoutRepository(target: string): string {
  return target.split('/').slice(2).join('/')
}
