/** What a `uses:` names. */
export type Uses =
  /** An action or workflow of this repository, whoever owns it. */
  | { readonly kind: 'ours'; readonly repository: string; readonly path: string; readonly ref: string }
  | { readonly kind: 'third-party'; readonly repository: string; readonly path: string; readonly ref: string }
  /** `./path`, or `$/path`: in the repository that holds the file. */
  | { readonly kind: 'same-repository'; readonly path: string }
  | { readonly kind: 'docker'; readonly image: string }

export const OUR_NAME = 'tokenledger-actions'

/** The reference by which the staged copy calls itself. */
export const STAGED = `org/${OUR_NAME}`
export const STAGED_REF = 'e2e'

/** Sorts a `uses:` value into the kinds above; undefined when it has none of GitHub's forms. */
export function readUses(text: string): Uses | undefined {
  if (text.startsWith('docker://')) return { kind: 'docker', image: text }
  const own = /^(?:\.|\$)\/(.*)$/.exec(text)
  if (own) return { kind: 'same-repository', path: own[1] ?? '' }
  const [, repository, path = '', ref] = /^([\w.-]+\/[\w.-]+)(?:\/([^@]+))?@(.+)$/.exec(text) ?? []
  if (!repository || !ref) return undefined
  const kind = repository.split('/')[1] === OUR_NAME ? 'ours' : 'third-party'
  return { kind, repository, path, ref }
}

const SELF_REFERENCE = /^(\s*(?:-\s*)?uses:\s*["']?)(?:\$|\.)\/([^\s"'#]+)/gm

/**
 * Makes a file's references to its own repository complete ones. act knows no `$/`, and it looks for the `./` of a
 * called workflow in the caller's tree.
 */
export function withCompleteReferences(yaml: string): string {
  return yaml.replace(
    SELF_REFERENCE,
    (_, start, path) => `${start}${STAGED}/${path.replace(/\/$/, '')}@${STAGED_REF}`,
  )
}

/** The same for a checkout, where the plain `./` works: act only has to be spared the `$/`. */
export function withPlainReferences(yaml: string): string {
  return yaml.replace(/^(\s*(?:-\s*)?uses:\s*["']?)\$\//gm, '$1./')
}
