import { formatInteger, formatText, integerOf } from './format-spec.ts'
import { formatMoment, isoText, type Moment, momentAttribute } from './moment.ts'
import { TemplateError } from './template-error.ts'

/** A part of a version formats like a whole number when it is one (`{minor:02d}`), and like itself otherwise. */
export interface PartValue {
  readonly part: string
}

export type Value = string | number | boolean | Moment | PartValue

export interface FieldFormat {
  readonly attributes: readonly string[]
  readonly conversion: string
  readonly spec: string
}

/** What Python's `format()` makes of a value. */
export function formatValue(value: Value, { attributes, conversion, spec }: FieldFormat): string {
  const [attribute, ...deeper] = attributes
  if (attribute !== undefined) {
    if (deeper.length > 0 || !isMoment(value))
      throw new TemplateError(`a value has no .${attributes.join('.')}`)
    return formatValue(momentAttribute(value, attribute), { attributes: [], conversion, spec })
  }
  if (conversion === 's') return formatText(plainText(value), spec)
  if (conversion !== '') throw new TemplateError(`!${conversion} is not supported (only !s)`)
  if (isMoment(value)) return spec === '' ? isoText(value) : formatMoment(value, spec)
  if (typeof value === 'string') return formatText(value, spec)
  if (typeof value === 'number') return formatInteger(BigInt(value), spec)
  if (typeof value === 'boolean') return spec === '' ? plainText(value) : formatInteger(value ? 1n : 0n, spec)
  const number = integerOf(value.part)
  return number === undefined ? value.part : formatInteger(number, spec)
}

function plainText(value: Value): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value !== 'object') return String(value)
  return isMoment(value) ? isoText(value) : value.part
}

function isMoment(value: Value): value is Moment {
  return typeof value === 'object' && 'at' in value
}
