/** What stands after `uses:`. */
export type Uses =
  | { readonly kind: 'local'; readonly path: string }
  | { readonly kind: 'docker'; readonly image: string }
  | { readonly kind: 'remote'; readonly repository: string; readonly path: string; readonly ref: string }

/** `./x` and `$/x` are files of the repository itself; there is no owner and no version in them. */
export function parseUses(text: string): Uses {
  const local = /^(?:\.|\$)\/(.*)$/.exec(text)
  if (local) return { kind: 'local', path: (local[1] ?? '').replace(/\/$/, '') }
  if (text.startsWith('docker://')) return { kind: 'docker', image: text.slice('docker://'.length) }
  const [target = '', ...refs] = text.split('@')
  const [owner = '', name = '', ...path] = target.split('/')
  return {
    kind: 'remote',
    repository: `${owner}/${name}`.toLowerCase(),
    path: path.join('/'),
    ref: refs.join('@'),
  }
}

/** Whether it is a part of this suite, whoever owns the copy. */
export function isOurs(uses: Uses): boolean {
  return uses.kind === 'remote' && uses.repository.endsWith('/tokenledger-actions')
}
