import { UserError } from '@tokenledger/kit'
import { fieldsOf, renderTemplate } from '../format/template.ts'
import type { TemplateContext } from './template-context.ts'
import { type Parts, requiredParts, type VersionScheme } from './version-parts.ts'

/**
 * The text of a version: of the formats whose fields are all known, those that hold every required part first, then
 * the one with the fewest fields, then the first in the list.
 */
export function serializeVersion(
  scheme: VersionScheme,
  parts: Parts,
  formats: readonly string[],
  context: TemplateContext,
): string {
  const required = requiredParts(scheme, parts)
  const known = (name: string): boolean => Object.hasOwn(parts, name) || context.has(name)
  const candidates = formats
    .map(format => ({ format, fields: new Set(fieldsOf(format)) }))
    .filter(({ fields }) => [...fields].every(known))
    .map(({ format, fields }) => ({
      format,
      lacking: required.every(name => fields.has(name)) ? 0 : 1,
      size: fields.size,
    }))
    .sort((a, b) => a.lacking - b.lacking || a.size - b.size)
  const [best] = candidates
  if (!best)
    throw new UserError(
      `BUMP_CONFIG_INVALID: no format of serialize (${formats.join(', ')}) can be filled; known parts are ${scheme.order.join(', ')}`,
    )
  return renderTemplate(best.format, name => {
    const part = parts[name]
    return part === undefined ? context.value(name) : { part }
  })
}
