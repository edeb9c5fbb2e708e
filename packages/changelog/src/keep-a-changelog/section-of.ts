import { isReleaseOf } from './release-heading.ts'
import { parseChangelog } from './sections.ts'

/**
 * The text of a version's section without its heading, for the notes of a release: with the link definitions that it uses, as
 * these stand at the end of a changelog. Undefined when there is no such section; empty when it has no text.
 *
 * @param name package of a monorepo, where the headings name one
 */
export function sectionOf(text: string, version: string, name = ''): string | undefined {
  const { lines, sections } = parseChangelog(text)
  const section = sections.find(
    found => found.kind === 'release' && isReleaseOf(found.heading, version, name.toLowerCase()),
  )
  if (!section) return undefined
  const { bodyStart, end } = section
  const body = text.slice(bodyStart, end).replace(/^(?:[ \t]*\r?\n)+|\s+$/g, '')
  const used = new Set(
    [...body.matchAll(/\[([^[\]]+)\](?![(:])/g)].map(([, label = '']) => label.toLowerCase()),
  )
  const links = lines.filter(
    ({ definition, start }) =>
      definition && used.has(definition.label.toLowerCase()) && (start < bodyStart || start >= end),
  )
  if (links.length === 0) return body
  return [body, '', ...links.map(line => line.text)].join(text.includes('\r\n') ? '\r\n' : '\n')
}
