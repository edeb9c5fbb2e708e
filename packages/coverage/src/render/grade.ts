/** How good a percentage is, best first. */
export type Grade = 'good' | 'fair' | 'weak' | 'poor'

/** The lowest percentage of each grade; what is below `weak` is `poor`. */
export type Scale = Readonly<Record<Exclude<Grade, 'poor'>, number>>

export const DEFAULT_SCALE: Scale = { good: 90, fair: 75, weak: 60 }

export function gradeOf(percent: number, { good, fair, weak }: Scale = DEFAULT_SCALE): Grade {
  if (percent >= good) return 'good'
  if (percent >= fair) return 'fair'
  return percent >= weak ? 'weak' : 'poor'
}
