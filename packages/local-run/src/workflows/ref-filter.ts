/**
 * Whether the patterns of `tags:` or `branches:` take a name. By GitHub's rules the last pattern that matches decides, and one
 * that begins with `!` takes the name out again.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#filter-pattern-cheat-sheet
 */
export function takesRef(patterns: readonly string[], name: string): boolean {
  const isOut = (pattern: string) => pattern.startsWith('!')
  const last = patterns.findLast(pattern => expression(pattern.replace(/^!/, '')).test(name))
  return last !== undefined && !isOut(last)
}

/** `*` stops at a slash and `**` does not; `?`, `+` and `[]` are those of regular expressions. */
function expression(pattern: string): RegExp {
  const source = pattern.replace(/\\.|\*\*|[\s\S]/g, part => {
    if (part === '**') return '.*'
    if (part === '*') return '[^/]*'
    if ('?+[]-'.includes(part) || part.startsWith('\\')) return part
    return part.replace(/[.^$(){}|]/, '\\$&')
  })
  return new RegExp(`^(?:${source})$`)
}
