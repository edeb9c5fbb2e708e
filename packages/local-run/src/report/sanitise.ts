import { escapeHtml } from './html.ts'

/** What GitHub leaves of HTML in Markdown, as far as job summaries use it. */
const TAGS = new Set(
  (
    'a b blockquote br code dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i img input ins kbd li ol p picture pre q ' +
    's samp source span strike strong sub summary sup table tbody td tfoot th thead tr tt ul var'
  ).split(' '),
)
const VOID = new Set(['br', 'hr', 'img', 'input', 'source'])
const ATTRIBUTES = new Set(
  'align alt checked class colspan disabled height href open rowspan src start title type valign width'.split(
    ' ',
  ),
)
/** Their content goes with them. */
const DROPPED =
  /<(script|style|iframe|object|svg|math|template|textarea|title)\b[^>]*>[\s\S]*?(?:<\/\1\s*>|$)/gi
const TOKEN = /<!--[\s\S]*?(?:-->|$)|<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[^<>]*?)?)\s*\/?>|[^<]+|</g
const ATTRIBUTE = /([a-zA-Z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g
const SAFE_ADDRESS = /^(https?:|mailto:|#|data:image\/(png|gif|jpeg|webp);)/i

/**
 * HTML in which only known tags and attributes are left, all opened ones are closed, and every address is a web one.
 * Nothing is passed through: each allowed tag is written anew and every other `<` becomes text.
 */
export function sanitise(html: string): string {
  const open: string[] = []
  const parts = [...html.replace(DROPPED, '').matchAll(TOKEN)].map(
    ([token, slash, tag = '', attributes = '']) => {
      if (token.startsWith('<!--')) return ''
      if (!token.startsWith('<')) return token.replaceAll('>', '&gt;')
      const name = tag.toLowerCase()
      if (!TAGS.has(name)) return tag ? '' : '&lt;'
      return slash ? closeTag(open, name) : openTag(open, name, attributes)
    },
  )
  return (
    parts.join('') +
    open
      .reverse()
      .map(name => `</${name}>`)
      .join('')
  )
}

function openTag(open: string[], name: string, attributes: string): string {
  const kept = safeAttributes(name, attributes)
  if (name === 'input' && !kept.includes(' type="checkbox"')) return ''
  if (!VOID.has(name)) open.push(name)
  return `<${name}${kept}>`
}

/** Closes what is still open inside; an end without a beginning is dropped, so that no summary leaves its frame. */
function closeTag(open: string[], name: string): string {
  const at = open.lastIndexOf(name)
  if (at < 0) return ''
  return open
    .splice(at)
    .reverse()
    .map(each => `</${each}>`)
    .join('')
}

function safeAttributes(tag: string, text: string): string {
  const kept: string[] = []
  for (const [, name = '', double, single, bare] of text.matchAll(ATTRIBUTE)) {
    const attribute = name.toLowerCase()
    const value = decodeEntities(double ?? single ?? bare ?? '')
    if (!ATTRIBUTES.has(attribute)) continue
    if (['href', 'src'].includes(attribute) && !SAFE_ADDRESS.test(value.trim())) continue
    kept.push(` ${attribute}="${escapeHtml(value)}"`)
  }
  return kept.join('') + (tag === 'a' ? ' rel="noopener noreferrer"' : '')
}

/** Entities could hide an address such as `java&#115;cript:` from the check. */
function decodeEntities(text: string): string {
  const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", colon: ':' }
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));?/gi, (whole, decimal, hex, name) => {
    if (name) return named[name.toLowerCase()] ?? whole
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
  })
}
