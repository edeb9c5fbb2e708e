import { formatValue, type Value } from './format-value.ts'
import { TemplateError } from './template-error.ts'

/** One piece of a template of Python's `str.format`: text, or a field with its format specification. */
type Piece = string | Field

interface Field {
  /** The whole name: `new_version`, `$BUILD`, `now.year`. */
  readonly name: string
  readonly conversion: string
  readonly spec: readonly Piece[]
}

/** Gives the value of a name, or throws a `TemplateError` when there is none. */
export type Lookup = (name: string) => Value

/**
 * Renders a template of Python's `str.format`: `{name}`, `{name:spec}`, `{name!s}`, `{now.year}`, `{{`, `}}`.
 * `quote` is applied to every value that is put in (regular expressions).
 */
export function renderTemplate(
  template: string,
  lookup: Lookup,
  quote = (text: string): string => text,
): string {
  return render(piecesOf(template), lookup, quote)
}

/** The names of a template's fields, as `string.Formatter().parse` lists them. */
export function fieldsOf(template: string): string[] {
  return piecesOf(template).flatMap(piece =>
    typeof piece === 'string' || piece.name === '' ? [] : [piece.name],
  )
}

function render(pieces: readonly Piece[], lookup: Lookup, quote: (text: string) => string): string {
  return pieces.map(piece => (typeof piece === 'string' ? piece : quote(renderField(piece, lookup)))).join('')
}

function renderField(field: Field, lookup: Lookup): string {
  const [name = '', ...attributes] = field.name.split('.')
  if (name === '' || /^\d+$/.test(name)) throw new TemplateError(`{${field.name}} names no value`)
  if (field.name.includes('[')) throw new TemplateError(`{${field.name}} takes an item of a value`)
  const spec = render(field.spec, lookup, text => text)
  return formatValue(lookup(name), { attributes, conversion: field.conversion, spec })
}

function piecesOf(template: string): Piece[] {
  const pieces: Piece[] = []
  let text = ''
  for (let at = 0; at < template.length; at++) {
    const char = template[at]
    if ((char === '{' || char === '}') && template[at + 1] === char) text += template[at++]
    else if (char === '}') throw new TemplateError("single '}' in a template; write }} for a brace")
    else if (char === '{') {
      const end = closingBrace(template, at)
      pieces.push(text, fieldOf(template.slice(at + 1, end)))
      text = ''
      at = end
    } else text += char
  }
  return [...pieces, text].filter(piece => piece !== '')
}

function closingBrace(template: string, open: number): number {
  let depth = 0
  for (let at = open; at < template.length; at++) {
    if (template[at] === '{') depth++
    if (template[at] === '}' && --depth === 0) return at
  }
  throw new TemplateError("single '{' in a template; write {{ for a brace")
}

function fieldOf(text: string): Field {
  const colon = text.indexOf(':')
  const head = colon < 0 ? text : text.slice(0, colon)
  const spec = colon < 0 ? '' : text.slice(colon + 1)
  const bang = head.indexOf('!')
  return bang < 0
    ? { name: head, conversion: '', spec: piecesOf(spec) }
    : { name: head.slice(0, bang), conversion: head.slice(bang + 1), spec: piecesOf(spec) }
}
