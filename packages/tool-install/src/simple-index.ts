import { http } from '@tokenledger/kit'
import { type Endpoint, headersFor } from './endpoint.ts'
import { SourceFailure } from './failures.ts'
import type { Limits } from './transfer.ts'

export interface IndexFile {
  readonly filename: string
  readonly url: string
  /** As the index states it, in hex. */
  readonly sha256?: string
}

const ACCEPT = [
  'application/vnd.pypi.simple.v1+json',
  'application/vnd.pypi.simple.v1+html;q=0.2',
  'text/html;q=0.1',
].join(', ')

/** All files of a project on an index, one at least. */
export async function projectFiles(index: Endpoint, project: string, limits: Limits): Promise<IndexFile[]> {
  const files = await projectPage(index, project, limits)
  if (files.length === 0) throw new SourceFailure(`its page of ${project} lists no file`)
  return files
}

/** What a project's page on an index lists: PEP 691 JSON, or PEP 503 HTML from an index that knows no JSON. */
export async function projectPage(index: Endpoint, project: string, limits: Limits): Promise<IndexFile[]> {
  const url = `${index.url}/${project}/`
  const headers = { accept: ACCEPT, ...headersFor(index, url) }
  const { body, headers: answered } = await http.open(url, { ...limits, headers })
  const parts: Buffer[] = []
  for await (const part of body) parts.push(part as Buffer)
  const text = Buffer.concat(parts).toString('utf8')
  const isJson = answered.get('content-type')?.includes('json') || text.startsWith('{')
  return isJson ? readJson(text, url) : readHtml(text, url)
}

/** Files of a PEP 691 answer; `page` is the address that relative ones start from. */
export function readJson(text: string, page: string): IndexFile[] {
  try {
    const { files } = JSON.parse(text) as {
      files: Array<{ filename: string; url: string; hashes?: { sha256?: string } }>
    }
    return files.map(({ filename, url, hashes }) => ({
      filename,
      url: new URL(url, page).href,
      ...(hashes?.sha256 ? { sha256: hashes.sha256.toLowerCase() } : {}),
    }))
  } catch {
    throw new SourceFailure('its JSON is not a list of files (PEP 691)')
  }
}

/** Files of a PEP 503 page: one link each, the hash in the fragment. */
export function readHtml(text: string, page: string): IndexFile[] {
  return [...text.matchAll(/<a\s[^>]*?href\s*=\s*(?:"([^"]*)"|'([^']*)')/gi)].flatMap(
    ([, double, single]) => {
      const href = (double ?? single ?? '').replaceAll('&amp;', '&')
      if (!URL.canParse(href, page)) return []
      const url = new URL(href, page)
      const sha256 = /^#sha256=([0-9a-f]{64})$/i.exec(url.hash)?.[1]?.toLowerCase()
      const filename = decodeURIComponent(url.pathname.split('/').at(-1) ?? '')
      url.hash = ''
      return filename ? [{ filename, url: url.href, ...(sha256 ? { sha256 } : {}) }] : []
    },
  )
}
