/** A time for a failure text: `41 s`; below one second `250 ms`. */
export function seconds(ms: number): string {
  return ms < 950 ? `${Math.round(ms)} ms` : `${Math.round(ms / 1000)} s`
}
