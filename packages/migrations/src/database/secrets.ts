import { looksLocal } from './hosts.ts'
import { passwordSpellings, spelledPassword } from './spellings.ts'
import type { Target } from './target.ts'

export interface Secrets {
  /** What the runner has to mask, each spelling by itself. */
  readonly masked: string[]
  readonly warning?: string
}

const SHORTEST_MASKED = 8

/** Words that logs of a database are full of. */
const COMMON = ['postgres', 'postgresql', 'password', 'database', 'localhost', 'migration', 'migrations']

/**
 * What to register with the runner as secret: the whole URL, and the password raw, percent-encoded, and as the URL spells it.
 *
 * A password that is a word of the log is left out: GitHub replaces a registered text wherever it stands, so with the
 * `tokenledger` of `tokenledger:tokenledger@localhost` every table name, path and link in the log would turn into
 * `***`, and tell the password by what is missing. Such a password (the user's, database's, host's or repository's name, or
 * one below 8 characters) protects nothing; for a remote host `warning` says so. {@link redactor} still takes it out of
 * URLs. `repository` is `owner/name`.
 */
export function secretsOf(target: Target, rawUrl?: string, repository = ''): Secrets {
  const url = rawUrl?.trim()
  const urls = url ? [url] : []
  const { password, host } = target
  if (!password) return { masked: urls }
  if (!isWord(target, repository)) {
    const lines = password.split(/[\r\n]+/).filter(line => line.length >= SHORTEST_MASKED)
    return { masked: [...new Set([...urls, ...passwordSpellings(password, spelledPassword(url)), ...lines])] }
  }
  if (looksLocal(host)) return { masked: urls }
  const warning = `The password for ${host} is shorter than ${SHORTEST_MASKED} characters or an ordinary word of the log (the name of the user, database, host or repository), so GitHub cannot mask it. Choose a long random one.`
  return { masked: urls, warning }
}

/**
 * A function that takes the password out of what a program or the server says. A password that {@link secretsOf} masks
 * is replaced everywhere; one that is a word of the log only where a password stands: before the `@` of a URL, and behind
 * `password`. The password of any other URL goes too.
 */
export function redactor(target: Target, rawUrl?: string, repository = ''): (text: string) => string {
  const url = rawUrl?.trim()
  const spellings = passwordSpellings(target.password, spelledPassword(url))
  const anywhere = url ? [url] : []
  if (!isWord(target, repository)) anywhere.push(...spellings)
  const here = anyOf(spellings)
  const rules: [RegExp, string][] = [[new RegExp(anyOf(anywhere), 'g'), '***']]
  if (spellings.length > 0) {
    rules.push(
      [new RegExp(`:(?:${here})@`, 'g'), ':***@'],
      [
        new RegExp(`(pass(?:word|wd|phrase)?["']?\\s*(?:=>|[=:\\s])\\s*["']?)(?:${here})(?!\\w)`, 'gi'),
        '$1***',
      ],
    )
  }
  rules.push([/([a-z][a-z0-9+.-]*:\/\/[^\s:/@'"]*:)[^\s'"@]+@/gi, '$1***@'])
  return text => rules.reduce((redacted, [pattern, by]) => redacted.replace(pattern, by), text)
}

function isWord({ password, user, database, host }: Target, repository: string): boolean {
  if (password.length < SHORTEST_MASKED) return true
  const names = [user, database, host, repository, ...repository.split('/'), ...COMMON]
  const words = names.flatMap(name => [name, ...name.split(/[^\p{L}\p{N}]+/u)])
  return words.some(word => word.toLowerCase() === password.toLowerCase())
}

/** A pattern for any of some texts, in their order; for none of them one that fits nothing. */
function anyOf(texts: readonly string[]): string {
  if (texts.length === 0) return '(?!)'
  return texts.map(text => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')).join('|')
}
