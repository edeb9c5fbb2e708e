/** What was found about one subject, and why; an empty value means "not there" and the reason says where it was sought. */
export interface Finding<T> {
  readonly value: T
  readonly reason: string
}

export function found<T>(value: T, reason: string): Finding<T> {
  return { value, reason }
}
