import type { Answer } from './exchange.ts'

/** What an accepted POST promises. */
export interface Reservation {
  /** Takes the payload by PUT for about ten seconds; a secret. */
  readonly putUrl: string
  /** Where the result will be shown. */
  readonly resultUrl: string | undefined
}

/** Reads the answer to the POST; undefined when it is none of Codecov's, as a log-in page of a proxy. */
export function reservationOf({ text }: Answer): Reservation | undefined {
  const { raw_upload_location: putUrl, url } =
    parsed<{ raw_upload_location?: unknown; url?: unknown }>(text) ?? {}
  return isHttpUrl(putUrl) ? { putUrl, resultUrl: isHttpUrl(url) ? new URL(url).href : undefined } : undefined
}

function isHttpUrl(value: unknown): value is string {
  return typeof value === 'string' && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)
}

/**
 * The seconds that a 429 asks to wait: Retry-After (RFC 9110 10.2.3, in seconds), else those in the message of the ingest
 * service (`Expected time to availability: 1009s.`) or of Django REST framework (`available in 42 seconds`).
 */
export function askedWait({ headers, text }: Answer): number | undefined {
  const header = headers['retry-after']
  if (header && /^\d+$/.test(header)) return Number(header)
  const [, seconds] = /(?:time to availability:|available in) *(\d+)/i.exec(text) ?? []
  return seconds === undefined ? undefined : Number(seconds)
}

const MOST_CHARACTERS = 300

/**
 * What a server said, safe to print: at most 300 characters of one line, without control and direction characters, without what
 * the runner would take for a command, and without the secrets that were sent.
 */
export function wordsOf(answer: Answer, secrets: readonly string[]): string {
  const words = secrets
    .filter(Boolean)
    .reduce((text, secret) => text.replaceAll(secret, '***'), plain(answer))
  const line = words
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, ' ')
    .replace(/:{2,}/g, ':')
    .replace(/#+\[/g, '[')
    .trim()
  return [...line].slice(0, MOST_CHARACTERS).join('')
}

function plain({ text, headers }: Answer): string {
  if (/^\s*</.test(text) && !/xml/.test(headers['content-type'] ?? '')) return htmlTitle(text)
  const xml = /<Code>([^<]*)<\/Code>(?:\s*<Message>([^<]*)<\/Message>)?/.exec(text)
  if (xml) return [xml[1], xml[2]].filter(Boolean).join(': ')
  const json = parsed<unknown>(text)
  return json === undefined ? text : saidIn(json)
}

function htmlTitle(text: string): string {
  const title = /<title>([^<]*)<\/title>/i.exec(text)?.[1]?.trim()
  const code = /<Code>([^<]*)<\/Code>/.exec(text)?.[1]
  return code ?? `a web page${title ? ` "${title}"` : ''}`
}

/** `message` of the ingest service, `detail` of Django REST framework, a list of sentences, or errors by field. */
function saidIn(json: unknown): string {
  if (typeof json === 'string') return json
  if (Array.isArray(json)) return json.map(saidIn).join(' ')
  if (typeof json !== 'object' || json === null) return String(json)
  const { message, detail, ...fields } = json as Record<string, unknown>
  const said = message ?? detail
  if (typeof said === 'string') return said
  // Deeper values are left out: an answer can hold the repository's settings, and those its upload token.
  return Object.entries(fields)
    .filter(([, errors]) => [errors].flat().every(error => typeof error === 'string'))
    .map(([field, errors]) => `${field}: ${saidIn(errors)}`)
    .join('; ')
}

function parsed<T>(text: string): T | undefined {
  try {
    return JSON.parse(text) ?? undefined
  } catch {
    return undefined
  }
}
