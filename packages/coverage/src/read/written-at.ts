const [FIRST_AS_MS, LAST] = [100_000_000_000, 8_640_000_000_000_000]

/**
 * The time in ms since 1970 of a time stamp in digits. coverage.py and JaCoCo write ms, others seconds: in seconds 10^11 is
 * the year 5138, in ms 1973. Undefined for one that says nothing, such as `0`.
 */
export function timeOf(stamp: string | undefined): number | undefined {
  if (stamp === undefined || !/^[0-9]+(?:\.[0-9]+)?$/.test(stamp)) return undefined
  const value = Number(stamp)
  const ms = Math.round(value < FIRST_AS_MS ? value * 1000 : value)
  return ms > 0 && ms <= LAST ? ms : undefined
}
