/** `; did you mean 'x'?` without the question: the known name that is least far from a wrong one, if any is near. */
export function nearestHint(wrong: string, known: readonly string[]): string {
  const far = (name: string) => distance(wrong.toLowerCase(), name.toLowerCase())
  const [nearest] = known
    .filter(name => far(name) <= Math.max(2, wrong.length / 3) || isPart(wrong, name))
    .sort((one, other) => far(one) - far(other))
  return nearest === undefined ? '' : `; the nearest one is '${nearest}'`
}

/** Whether one is the other with more words, as `python` and `python-version` are. */
function isPart(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  return short.length > 3 && long.split(/[-_/]/).includes(short)
}

/** How many letters have to be put in, taken out or changed. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1]
    for (const [at, wanted] of [...other].entries()) {
      const changed = (row[at] ?? 0) + Number(letter !== wanted)
      next.push(Math.min(changed, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
