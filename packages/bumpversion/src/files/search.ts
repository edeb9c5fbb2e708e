import { renderTemplate } from '../format/template.ts'
import { type CompiledPattern, compilePattern } from '../python-regex/compile.ts'
import { escapePattern } from '../python-regex/escapes.ts'
import { InvalidPattern, UnsupportedPattern } from '../python-regex/nodes.ts'
import { refuseUnsupported } from '../python-regex/refusal.ts'
import { mayBeEmpty } from '../python-regex/width.ts'
import type { TemplateContext } from '../version/template-context.ts'
import { edgesOf, standsAlone } from './boundaries.ts'

/** What a file is searched for. */
export interface Search {
  /** As it reads with the versions filled in, for messages. */
  readonly text: string
  readonly pattern: CompiledPattern
  matchesIn(plain: string): RegExpExecArray[]
  /** Where the literal text stands inside of a longer version, and so does not count. */
  touchedIn(plain: string): readonly number[]
}

export interface SearchRequest {
  readonly template: string
  readonly regex: boolean
  /** Names the file, for errors. */
  readonly where: string
}

const FLAGS = { multiline: true, dotAll: true } as const

/** A literal search, or a regular expression; one that Python refuses is taken literally, as the tool does. */
export function searchFor({ template, regex, where }: SearchRequest, context: TemplateContext): Search {
  const text = renderTemplate(template, name => context.value(name))
  if (!regex) return literalSearch(text, template)
  const source = renderTemplate(template, name => context.value(name), escapePattern)
  try {
    const pattern = refuseUnsupported(`search of ${where}`, () => compileSearch(source))
    return { text, pattern, matchesIn: pattern.matchesIn, touchedIn: () => [] }
  } catch (error) {
    if (!(error instanceof InvalidPattern)) throw error
    return literalSearch(text, template)
  }
}

function compileSearch(source: string): CompiledPattern {
  const pattern = compilePattern(source, FLAGS)
  if (mayBeEmpty(pattern.width)) throw new UnsupportedPattern(source)
  return pattern
}

function literalSearch(text: string, template: string): Search {
  const pattern = compilePattern(escapePattern(text), FLAGS)
  const edges = edgesOf(template)
  const all = (plain: string): RegExpExecArray[] => (text === '' ? [] : pattern.matchesIn(plain))
  const alone = (plain: string, match: RegExpExecArray): boolean =>
    standsAlone(plain, match.index, match.index + match[0].length, edges)
  return {
    text,
    pattern,
    matchesIn: plain => all(plain).filter(match => alone(plain, match)),
    touchedIn: plain => all(plain).flatMap(match => (alone(plain, match) ? [] : [match.index])),
  }
}
