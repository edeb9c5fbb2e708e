/** One file of a project as PEP 691 describes it; unknown keys (size, upload-time, core-metadata) pass through. */
export interface IndexFile {
  readonly filename: string
  /** Absolute address upstream, without the hash fragment. */
  readonly url: string
  readonly hashes: Readonly<Record<string, string>>
  readonly 'requires-python'?: string | null
  /** `true`, or the reason as text. */
  readonly yanked?: boolean | string
  /** PEP 658/714: whether `<url>.metadata` exists, with its hashes when they are known. */
  readonly 'core-metadata'?: boolean | Readonly<Record<string, string>>
  readonly [key: string]: unknown
}

export const JSON_TYPE = 'application/vnd.pypi.simple.v1+json'
export const HTML_TYPE = 'application/vnd.pypi.simple.v1+html'

/** PEP 503: the one spelling of a project's name in addresses. */
export function normalise(project: string): string {
  return project.toLowerCase().replace(/[-_.]+/g, '-')
}

/** The project that a wheel, an sdist or a `.metadata` file belongs to, from its name alone. */
export function projectOf(filename: string): string {
  const name = filename.replace(/\.metadata$/, '')
  const end = name.endsWith('.whl') ? name.indexOf('-') : name.lastIndexOf('-')
  return normalise(end < 0 ? name : name.slice(0, end))
}

/**
 * Reads a project page, JSON (PEP 691) or HTML (PEP 503). `pageUrl` resolves relative addresses.
 * Throws a SyntaxError when `text` says that it is JSON and is not.
 */
export function readPage(text: string, contentType: string, pageUrl: string): IndexFile[] {
  const found = contentType.includes('json') ? (JSON.parse(text).files as IndexFile[]) : readAnchors(text)
  return found.map(file => ({ ...file, url: new URL(file.url, pageUrl).href }))
}

function readAnchors(html: string): IndexFile[] {
  return [...html.matchAll(/<a\s([^>]*)>([^<]*)<\/a>/gi)].map(([, tag = '', label = '']) => {
    const attributes = new Map(
      [...tag.matchAll(/([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(([, name = '', double, single]) => [
        name.toLowerCase(),
        plainText(double ?? single ?? ''),
      ]),
    )
    const [url = '', fragment = ''] = (attributes.get('href') ?? '').split('#')
    const metadata = attributes.get('data-core-metadata') ?? attributes.get('data-dist-info-metadata')
    const python = attributes.get('data-requires-python')
    const yanked = attributes.get('data-yanked')
    return {
      filename: plainText(label.trim()),
      url,
      hashes: hashOf(fragment),
      ...(python !== undefined ? { 'requires-python': python } : {}),
      ...(yanked !== undefined ? { yanked: yanked || true } : {}),
      ...(metadata !== undefined ? { 'core-metadata': metadata === 'true' || hashOf(metadata) } : {}),
    }
  })
}

/** The page that our index serves; `addressOf` gives each file's address in it. */
export function pageAsJson(
  project: string,
  files: readonly IndexFile[],
  addressOf: (file: IndexFile) => string,
): string {
  return JSON.stringify({
    meta: { 'api-version': '1.0' },
    name: project,
    files: files.map(file => ({ ...file, url: addressOf(file) })),
  })
}

export function pageAsHtml(
  project: string,
  files: readonly IndexFile[],
  addressOf: (file: IndexFile) => string,
): string {
  const anchors = files.map(file => {
    const [hash] = Object.entries(file.hashes)
    const attributes = [
      `href="${markup(addressOf(file))}${hash ? `#${hash.join('=')}` : ''}"`,
      file['requires-python'] ? `data-requires-python="${markup(file['requires-python'])}"` : '',
      file.yanked ? `data-yanked="${file.yanked === true ? '' : markup(file.yanked)}"` : '',
      file['core-metadata'] ? `data-core-metadata="${metadataHash(file['core-metadata'])}"` : '',
    ].filter(Boolean)
    return `<a ${attributes.join(' ')}>${markup(file.filename)}</a><br>`
  })
  return `<!DOCTYPE html><html><head><title>${markup(project)}</title></head><body>\n${anchors.join('\n')}\n</body></html>\n`
}

function metadataHash(metadata: true | Readonly<Record<string, string>>): string {
  const [hash] = metadata === true ? [] : Object.entries(metadata)
  return hash ? hash.join('=') : 'true'
}

/** `sha256=abc` → `{ sha256: 'abc' }`. */
function hashOf(text: string): Record<string, string> {
  const [, algorithm, digest] = /^(\w+)=([0-9a-f]+)$/.exec(text) ?? []
  return algorithm && digest ? { [algorithm]: digest } : {}
}

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' } as const

function markup(text: string): string {
  return text.replace(/[&<>"]/g, sign => ENTITIES[sign as keyof typeof ENTITIES])
}

function plainText(text: string): string {
  const plain = text.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
  return Object.entries(ENTITIES)
    .reverse()
    .reduce((done, [sign, entity]) => done.replaceAll(entity, sign), plain)
}
