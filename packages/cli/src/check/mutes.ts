import type { Finding, MutedFinding, Place } from './finding.ts'

/** A comment `# check: ignore[rule-id] reason`. */
export interface Mute {
  readonly at: Place
  readonly rules: readonly string[]
  readonly reason: string
  /** Whether the comment has its line for itself, and so means the next one too. */
  readonly alone: boolean
}

const COMMENT = /#\s*check:\s*ignore\s*\[([^[\]]*)\](.*)$/

export function mutesIn(path: string, text: string): Mute[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    const match = COMMENT.exec(line)
    if (!match) return []
    const rules = (match[1] ?? '').split(',').map(rule => rule.trim())
    const at = { path, line: index + 1, column: match.index + 1 }
    return [{ at, rules, reason: (match[2] ?? '').trim(), alone: line.slice(0, match.index).trim() === '' }]
  })
}

export interface Sorted {
  readonly findings: readonly Finding[]
  readonly muted: readonly MutedFinding[]
}

/** Takes out what a comment with a reason turns off. A comment without one turns nothing off. */
export function applyMutes(findings: readonly Finding[], mutes: readonly Mute[]): Sorted {
  const left: Finding[] = []
  const muted: MutedFinding[] = []
  for (const finding of findings) {
    const mute = mutes.find(candidate => candidate.reason !== '' && covers(candidate, finding))
    if (mute) muted.push({ ...finding, reason: mute.reason })
    else left.push(finding)
  }
  return { findings: left, muted }
}

function covers({ at, rules, alone }: Mute, finding: Finding): boolean {
  const near = at.line === finding.line || (alone && at.line + 1 === finding.line)
  return near && at.path === finding.path && rules.includes(finding.rule)
}

/** Comments that turn nothing off: without a reason, or with a rule that does not exist. */
export function muteProblems(mutes: readonly Mute[], known: ReadonlySet<string>): Finding[] {
  return mutes.flatMap(({ at, rules, reason }) => {
    const unknown = rules.filter(rule => !known.has(rule))
    const messages = [
      ...(reason === '' ? [`the comment mutes ${rules.join(', ')} without a reason, so it does not`] : []),
      ...unknown.map(rule => `there is no rule '${rule}'`),
    ]
    return messages.map(message => ({
      ...at,
      rule: 'mute-comment',
      level: 'warning' as const,
      message,
      why: 'Who reads it next has to know why the finding does not count here, or whether it ever did.',
      fix: 'Write `# check: ignore[rule-id] reason` with the id as this report prints it, or remove the comment.',
    }))
  })
}
