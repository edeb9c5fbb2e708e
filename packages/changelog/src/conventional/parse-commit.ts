import { type Footer, splitFooters } from './footers.ts'

/** A message that follows Conventional Commits 1.0.0, or one that git writes for a revert. */
export interface ConventionalCommit {
  /** In lower case; `revert` also for git's own `Revert "…"`. */
  readonly type: string
  readonly scope?: string
  readonly description: string
  readonly body: string
  readonly footers: readonly Footer[]
  readonly isBreaking: boolean
  /** What its footers say of the break; empty when only a `!` marks it. */
  readonly breaks: readonly string[]
}

/** The colon and a space are required (1); what is in the parentheses is a noun (4). */
const SUBJECT = /^([A-Za-z][\w-]*)(?:\(([^()]+)\))?(!)?: +(\S.*)$/
const GIT_REVERT = /^Revert "(.+)"(.*)$/
/** What the revert of a revert brings back (git-revert, since 2.43). */
const GIT_REAPPLY = /^Reapply "(.+)"/
const BREAKING = /^BREAKING[ -]CHANGE$/

/**
 * Reads the subject and the footers of a commit. Nothing else of the message counts: the body of a squash lists subjects of
 * commits that are no more. Undefined for a message of another form.
 *
 * Source: https://www.conventionalcommits.org/en/v1.0.0/#specification
 */
export function parseCommit(message: string): ConventionalCommit | undefined {
  const { subject, rest } = partsOf(message)
  const { body, footers } = splitFooters(rest)
  const breaks = footers.filter(({ token }) => BREAKING.test(token)).map(({ value }) => value)
  const [, type, scope, mark, description = ''] =
    SUBJECT.exec(GIT_REAPPLY.exec(subject)?.[1] ?? subject) ?? []
  if (type !== undefined) {
    return {
      type: type.toLowerCase(),
      ...(scope !== undefined ? { scope: scope.trim() } : {}),
      ...{ description: description.trim(), body, footers },
      ...{ isBreaking: mark !== undefined || breaks.length > 0, breaks },
    }
  }
  const [, reverted, after = ''] = GIT_REVERT.exec(subject) ?? []
  if (reverted === undefined) return undefined
  const words = `"${reverted}"${after}`
  return { type: 'revert', description: words, body, footers, isBreaking: breaks.length > 0, breaks }
}

/**
 * Whether a message speaks of a break where none is read: a `BREAKING CHANGE:` outside of the footers, or the subject of a squashed
 * commit with a `!`. Such a commit is for a person to look at.
 */
export function namesBreakInBody(message: string): boolean {
  const { restOfTitle, rest } = partsOf(message)
  return [restOfTitle, splitFooters(rest).body].some(
    text => NAMES_BREAK.test(text) || SQUASHED_BREAK.test(text),
  )
}

const NAMES_BREAK = /^[ \t*-]*BREAKING[ -]CHANGE:/m
const SQUASHED_BREAK = /^[ \t]*[*-] +[A-Za-z][\w-]*(?:\([^()\n]+\))?!: /m

interface Parts {
  readonly subject: string
  /** Lines of the first paragraph after the subject; a well-formed message has none. */
  readonly restOfTitle: string
  readonly rest: string
}

function partsOf(message: string): Parts {
  const text = message.replaceAll('\r\n', '\n').trim()
  const gap = /\n[ \t]*\n/.exec(text)
  const title = gap ? text.slice(0, gap.index) : text
  const [subject = ''] = title.split('\n', 1)
  const rest = gap ? text.slice(gap.index + gap[0].length) : ''
  return { subject: subject.trimEnd(), restOfTitle: title.slice(subject.length), rest }
}
