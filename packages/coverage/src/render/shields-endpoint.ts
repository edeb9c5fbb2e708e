import type { Badge } from './badge.ts'
import { type Grade, gradeOf } from './grade.ts'

/** What shields.io reads from a URL of ours (https://shields.io/badges/endpoint-badge). */
export interface ShieldsEndpoint {
  readonly schemaVersion: 1
  readonly label: string
  readonly message: string
  readonly color: string
}

const COLOURS: Readonly<Record<Grade, string>> = {
  good: 'brightgreen',
  fair: 'yellow',
  weak: 'orange',
  poor: 'red',
}

export function shieldsEndpoint({ label, percent, display, scale }: Badge): ShieldsEndpoint {
  return { schemaVersion: 1, label, message: display, color: COLOURS[gradeOf(percent, scale)] }
}
