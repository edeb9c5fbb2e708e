import { quoted } from '../refusal.ts'

/** What saxes 6.0.0 says (its source, the calls of `fail`) where its words need an explanation. */
const WORDS: Readonly<Record<string, string>> = {
  'documents may contain only one root.':
    'a second root element (two reports written into one file? Give each a file of its own)',
  'an XML declaration must be at the start of the document.':
    'a second XML declaration (two reports written into one file? Give each a file of its own)',
  'text data outside of root node.': 'text outside of the root element (did a program print into the file?)',
  'undefined entity.': 'an entity that XML does not define',
  'unexpected close tag.': 'a closing tag that is not the one of the open element',
}

/** A message of the parser as it can stand in one of ours. */
export function inWords(message: string): string {
  return WORDS[message] ?? message.replace(/\.$/, '').slice(0, 120)
}

/** For its message about an element without an end. */
export function unclosedTag(message: string): string | undefined {
  const [, name] = /^unclosed tag: (.*)$/s.exec(message) ?? []
  if (name === undefined) return undefined
  return `unclosed tag <${name.length > 60 ? quoted(name) : name}>`
}
