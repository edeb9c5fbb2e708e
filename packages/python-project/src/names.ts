/** The one spelling of a project's or extra's name that indexes compare by (PEP 503, PEP 685): `Token__Ledger` → `token-ledger`. */
export function normalizeName(name: string): string {
  return name.replace(/[-_.]+/g, '-').toLowerCase()
}

/** The normalised name at the start of a PEP 508 requirement (`Psycopg[binary]>=3` → `psycopg`), or undefined when there is none. */
export function requirementName(requirement: string): string | undefined {
  const name = /^\s*([a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)/i.exec(requirement)?.[1]
  return name === undefined ? undefined : normalizeName(name)
}

/** The normalised extras that a PEP 508 requirement asks for: `tokenledger[all, dev]>=1` → `['all', 'dev']`. */
export function requirementExtras(requirement: string): string[] {
  const list = /^[^[;@]*\[([^\]]*)\]/.exec(requirement)?.[1] ?? ''
  return list
    .split(',')
    .map(extra => normalizeName(extra.trim()))
    .filter(Boolean)
}
