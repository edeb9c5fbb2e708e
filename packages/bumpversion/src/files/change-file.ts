import { UserError } from '@tokenledger/kit'
import { DEFAULT_SEARCH, type FileChange } from '../config/bump-config.ts'
import { renderTemplate } from '../format/template.ts'
import { explainTemplate } from '../format/template-error.ts'
import { InvalidPattern } from '../python-regex/nodes.ts'
import { replacementOf } from '../python-regex/replacement.ts'
import type { BumpedVersion } from '../version/bumped-version.ts'
import type { TemplateContext } from '../version/template-context.ts'
import { missing } from './missing.ts'
import { plainText } from './plain-newlines.ts'
import { type Search, searchFor } from './search.ts'

/**
 * The text of a file after one entry of `files`: every occurrence replaced, all else as it was.
 * A search that finds nothing is a UserError `BUMP_SEARCH_MISSING`, unless `ignore_missing_version` is set.
 */
export function changedText(text: string, path: string, change: FileChange, bumped: BumpedVersion): string {
  const context = bumped.inFormats(change.serialize, `serialize of ${path}`)
  const source = plainText(text)
  const { search, matches } = findIn(source.plain, path, change, bumped, context)
  if (matches.length === 0) {
    if (change.ignoreMissingVersion) return text
    throw missing(source.plain, path, change, search)
  }
  const replace = replacement(path, change, context, search)
  const changes = matches.map(match => ({
    start: match.index,
    end: match.index + match[0].length,
    text: replace(match),
  }))
  return source.splice(changes)
}

interface Found {
  readonly search: Search
  readonly matches: readonly RegExpExecArray[]
}

/** The default search also finds the version as the configuration writes it, however `serialize` would. */
function findIn(
  plain: string,
  path: string,
  change: FileChange,
  bumped: BumpedVersion,
  context: TemplateContext,
): Found {
  const found = (names: TemplateContext): Found => {
    const request = { template: change.search, regex: change.regex, where: path }
    const search = explainTemplate(`search of ${path}`, () => searchFor(request, names))
    return { search, matches: search.matchesIn(plain) }
  }
  const first = found(context)
  if (first.matches.length > 0 || change.search !== DEFAULT_SEARCH) return first
  const asWritten: TemplateContext = {
    has: name => context.has(name),
    value: name => (name === 'current_version' ? bumped.current : context.value(name)),
  }
  const second = found(asWritten)
  return second.matches.length > 0 ? second : first
}

function replacement(
  path: string,
  change: FileChange,
  context: TemplateContext,
  { pattern }: Search,
): (match: RegExpExecArray) => string {
  const template = explainTemplate(`replace of ${path}`, () =>
    renderTemplate(change.replace, name => context.value(name)),
  )
  try {
    return replacementOf(template, pattern)
  } catch (error) {
    if (!(error instanceof InvalidPattern)) throw error
    throw new UserError(
      `BUMP_TEMPLATE_INVALID: replace of ${path}: ${error.message} in "${template}" (write \\\\ for a backslash); no file was changed`,
    )
  }
}
