const SHOWN = 5

/** Names in one line: the first five, and how many more there are. */
export function listed(names: readonly string[]): string {
  const more = names.length - SHOWN
  const shown = names.slice(0, SHOWN).join(', ')
  return more > 0 ? `${shown} and ${more} more` : shown
}
