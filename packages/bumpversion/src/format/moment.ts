import { TemplateError } from './template-error.ts'

/** A moment as `now` (the clock's own zone) or `utcnow` shows it. */
export interface Moment {
  readonly at: Date
  readonly utc: boolean
}

export interface CalendarFields {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly microsecond: number
  /** 0 is Sunday. */
  readonly weekday: number
  /** 1 to 366. */
  readonly dayOfYear: number
}

export function fieldsOfMoment({ at, utc }: Moment): CalendarFields {
  const shown = utc ? at : new Date(at.getTime() - at.getTimezoneOffset() * 60_000)
  const year = shown.getUTCFullYear()
  const midnight = Date.UTC(year, shown.getUTCMonth(), shown.getUTCDate())
  return {
    year,
    month: shown.getUTCMonth() + 1,
    day: shown.getUTCDate(),
    hour: shown.getUTCHours(),
    minute: shown.getUTCMinutes(),
    second: shown.getUTCSeconds(),
    microsecond: shown.getUTCMilliseconds() * 1000,
    weekday: shown.getUTCDay(),
    dayOfYear: Math.round((midnight - Date.UTC(year, 0, 1)) / 86_400_000) + 1,
  }
}

/** `str()` of Python's datetime. */
export function isoText(moment: Moment): string {
  const fields = fieldsOfMoment(moment)
  const fraction = fields.microsecond === 0 ? '' : `.${pad(fields.microsecond, 6)}`
  return `${formatMoment(moment, '%Y-%m-%d %H:%M:%S')}${fraction}${moment.utc ? '+00:00' : ''}`
}

export function momentAttribute(moment: Moment, name: string): number {
  const fields: Readonly<Record<string, number>> = { ...fieldsOfMoment(moment) }
  const value = name === 'weekday' || name === 'dayOfYear' ? undefined : fields[name]
  if (value === undefined) throw new TemplateError(`a date has no .${name}`)
  return value
}

/** Weeks of the year: `%U` starts on Sunday, `%W` on Monday, days before the first such day are in week 0. */
export function weekOfYear({ dayOfYear, weekday }: CalendarFields, firstWeekday: 0 | 1): number {
  return Math.floor((dayOfYear + 6 - ((weekday - firstWeekday + 7) % 7)) / 7)
}

/** ISO 8601 year and week. */
export function isoWeek({ year, dayOfYear, weekday }: CalendarFields): { year: number; week: number } {
  const week = Math.floor((dayOfYear - (weekday || 7) + 10) / 7)
  if (week < 1) return { year: year - 1, week: weeksOf(year - 1) }
  return week > weeksOf(year) ? { year: year + 1, week: 1 } : { year, week }
}

function weeksOf(year: number): number {
  const thursday = (of: number): boolean => new Date(Date.UTC(of, 11, 31)).getUTCDay() === 4
  return thursday(year) || new Date(Date.UTC(year - 1, 11, 31)).getUTCDay() === 3 ? 53 : 52
}

export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const

/** `strftime` in the C locale; a directive that is not in its table is left as it stands, as the C library does. */
export function formatMoment(moment: Moment, format: string): string {
  const fields = fieldsOfMoment(moment)
  return format.replace(/%(-?)([A-Za-z%])/g, (written, plain: string, letter: string) => {
    const text = directive(letter, fields, moment)
    if (text === undefined) return written
    return plain ? text.replace(/^0+(?=.)/, '') : text
  })
}

function directive(letter: string, fields: CalendarFields, moment: Moment): string | undefined {
  const combined = COMBINED[letter]
  if (combined !== undefined) return formatMoment(moment, combined)
  switch (letter) {
    case 'a':
      return DAYS[fields.weekday]?.slice(0, 3)
    case 'A':
      return DAYS[fields.weekday]
    case 'b':
    case 'h':
      return MONTHS[fields.month - 1]?.slice(0, 3)
    case 'B':
      return MONTHS[fields.month - 1]
    case 'p':
      return fields.hour < 12 ? 'AM' : 'PM'
    case 'z':
      return moment.utc ? '+0000' : ''
    case 'Z':
      return moment.utc ? 'UTC' : ''
    case '%':
      return '%'
    case 's':
      return String(Math.floor(moment.at.getTime() / 1000))
    default:
      return numbered(letter, fields)
  }
}

const COMBINED: Readonly<Record<string, string>> = {
  c: '%a %b %e %H:%M:%S %Y',
  D: '%m/%d/%y',
  F: '%Y-%m-%d',
  R: '%H:%M',
  T: '%H:%M:%S',
  x: '%m/%d/%y',
  X: '%H:%M:%S',
}

function numbered(letter: string, fields: CalendarFields): string | undefined {
  const iso = isoWeek(fields)
  const table: Readonly<Record<string, readonly [number, number]>> = {
    d: [fields.day, 2],
    f: [fields.microsecond, 6],
    g: [iso.year % 100, 2],
    G: [iso.year, 4],
    H: [fields.hour, 2],
    I: [fields.hour % 12 || 12, 2],
    j: [fields.dayOfYear, 3],
    m: [fields.month, 2],
    M: [fields.minute, 2],
    S: [fields.second, 2],
    u: [fields.weekday || 7, 1],
    U: [weekOfYear(fields, 0), 2],
    V: [iso.week, 2],
    w: [fields.weekday, 1],
    W: [weekOfYear(fields, 1), 2],
    y: [fields.year % 100, 2],
    Y: [fields.year, 4],
  }
  const entry = table[letter]
  if (entry) return pad(entry[0], entry[1])
  return letter === 'e' ? String(fields.day).padStart(2, ' ') : undefined
}

function pad(number: number, width: number): string {
  return String(number).padStart(width, '0')
}
