import type { Span } from './version-source.ts'

/** Strings and comments of Python source, the long strings first; a short one ends with its line. */
const TOKEN =
  /"""(?:\\[\s\S]|[^\\])*?"""|'''(?:\\[\s\S]|[^\\])*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|#[^\n]*/g

/** Python source of the same length without what only looks like code: comments and strings of several lines. */
export function withoutProse(text: string): string {
  return text.replace(TOKEN, token => (/^(?:#|"""|''')/.test(token) ? token.replace(/[^\n\r]/g, ' ') : token))
}

/**
 * Where a module assigns a plain string to a name, at its top level: `__version__ = "1.2.3"`, with an annotation, or to
 * several names at once. The first assignment counts, as it does for setuptools and flit. Undefined when the value is
 * computed, of more than one literal, or has escapes.
 */
export function assignedString(text: string, name: string): Span | undefined {
  if (!/^[A-Za-z_]\w*$/.test(name)) return undefined
  const others = String.raw`(?:[A-Za-z_]\w*[ \t]*=[ \t]*)*`
  const assignment = new RegExp(
    String.raw`^\uFEFF?${others}${name}[ \t]*(?::[^=\n]*)?=[ \t]*${others}[uUrR]?(["'])([^"'\\\n]+)\1[ \t\r]*(?:;|$)`,
    'dm',
  )
  const found = assignment.exec(withoutProse(text))?.indices?.[2]
  return found && { start: found[0], end: found[1] }
}

/** The module that a name is imported from, and its name there: `from ._about import version as __version__`. */
export function importedFrom(
  text: string,
  name: string,
): { readonly module: string; readonly name: string } | undefined {
  const imports = withoutProse(text).matchAll(
    /^from[ \t]+(\.*[\w.]*)[ \t]+import[ \t]+(?:\(([^)]*)\)|([^(\n]*))/gm,
  )
  for (const [, module = '', inBrackets, plain = ''] of imports) {
    for (const clause of (inBrackets ?? plain).split(',')) {
      const [original = '', alias = original] = clause.trim().split(/\s+as\s+/)
      if (alias === name) return { module, name: original }
    }
  }
  return undefined
}
