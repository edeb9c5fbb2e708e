import { UserError } from '@tokenledger/kit'
import type { ToolKind } from '../tool.ts'
import { CHECKS, type CheckName } from './check.ts'
import type { WantedCheck } from './run-checks.ts'

export interface Occasion {
  /** GITHUB_EVENT_NAME. */
  readonly event: string
  readonly tool: ToolKind
  readonly target: 'local' | 'remote'
  /** True when the project has numbered SQL and Alembic. */
  readonly hasBoth: boolean
}

/** The checks that run when none are named: proofs where code is reviewed, and what costs nothing elsewhere. */
export function defaultChecks({ event, target, hasBoth }: Occasion): CheckName[] {
  const reviewed = event === 'pull_request' || event === 'merge_group'
  if (!reviewed || target === 'remote') return ['heads', 'invalid']
  return [
    'twice',
    'upgrade-path',
    'heads',
    'locks',
    'invalid',
    ...(hasBoth ? (['equivalence'] as const) : []),
  ]
}

/**
 * The checks of the input `checks`: names, `default` for the defaults, `none`. What is named must run; what is a default
 * may be skipped. Throws a UserError that lists the allowed words.
 */
export function parseChecks(input: string, defaults: readonly CheckName[]): WantedCheck[] {
  const words = input.split(/[\s,]+/).filter(Boolean)
  const unknown = words.filter(word => !isCheck(word) && word !== 'default' && word !== 'none')
  if (unknown.length) {
    const spelled = unknown.map(word => `"${word}"`).join(', ')
    throw new UserError(
      `Input checks has ${spelled}; allowed: default, none, or a list of ${CHECKS.join(', ')}.`,
    )
  }
  if (words.includes('none') && words.length > 1) {
    throw new UserError('Input checks has "none" and more. Give none alone, or a list without it.')
  }
  if (words[0] === 'none') return []
  const named = new Set(words.filter(isCheck))
  const withDefaults = words.length === 0 || words.includes('default')
  return CHECKS.filter(name => named.has(name) || (withDefaults && defaults.includes(name))).map(name => ({
    name,
    required: named.has(name),
  }))
}

function isCheck(word: string): word is CheckName {
  return (CHECKS as readonly string[]).includes(word)
}
