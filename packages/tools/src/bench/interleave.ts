/** What is measured: wall times in ms by the name of the case. */
export type Samples = ReadonlyMap<string, readonly number[]>

/** One run of a case, in ms. */
export type Case = () => Promise<number>

/**
 * Runs all cases round by round, so that a machine which slows down does so for every case alike. A round before the first
 * warms the file system's cache and is not counted.
 */
export async function interleave(cases: Readonly<Record<string, Case>>, rounds: number): Promise<Samples> {
  const samples = new Map<string, number[]>(Object.keys(cases).map(name => [name, []]))
  for (let round = 0; round <= rounds; round++) {
    for (const [name, measure] of Object.entries(cases)) {
      const ms = await measure()
      if (round > 0) samples.get(name)?.push(ms)
    }
  }
  return samples
}

/** The middle value; of an even number the lower of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted[Math.floor((sorted.length - 1) / 2)]
  if (middle === undefined) throw new Error('no samples')
  return middle
}
