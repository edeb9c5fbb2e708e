const MS_PER_UNIT = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const
type Unit = keyof typeof MS_PER_UNIT

/** What a duration may look like, for messages. */
export const DURATION_FORMS = '250ms, 60s, 5m, 1h or 0'

/** PostgreSQL's time-outs and Node's timers are 32-bit integers of ms. */
const LONGEST_MS = 2 ** 31 - 1

/** `60s`, `5m`, `250ms`, `1h` or `0` in ms; undefined for anything else, a number without a unit included. */
export function parseDuration(text: string): number | undefined {
  if (text === '0') return 0
  const [, amount, unit] = /^(\d+(?:\.\d+)?) ?(ms|s|m|h)$/.exec(text) ?? []
  if (amount === undefined) return undefined
  const ms = Math.round(Number(amount) * MS_PER_UNIT[unit as Unit])
  return ms <= LONGEST_MS ? ms : undefined
}

/** `34 ms`, `2.5 s`, `41 s`, `4 m 10 s`: short enough for a sentence. */
export function inWords(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} m ${seconds % 60} s`
}
