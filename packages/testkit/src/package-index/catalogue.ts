import { createHash } from 'node:crypto'
import { type IndexFile, projectOf } from './simple-api.ts'
import type { Upstream } from './upstream.ts'

/** What the index offers: files of one's own, what a living index beside it has, and, remembered, the pages upstream. */
export class Catalogue {
  readonly #upstream: Upstream | undefined
  readonly #beside: Upstream | undefined
  readonly #own: IndexFile[] = []
  readonly #pages = new Map<string, Promise<readonly IndexFile[] | undefined>>()

  constructor(upstream: Upstream | undefined, beside?: Upstream) {
    this.#upstream = upstream
    this.#beside = beside
  }

  /** Offers a file that is kept on disk under `sha256`; it comes before one of the same name upstream. */
  add(filename: string, sha256: string, size: number): void {
    this.#own.push({ filename, url: '', hashes: { sha256 }, size })
  }

  /** The names of the projects that have files of one's own. */
  ownProjects(): string[] {
    return [...new Set(this.#own.map(file => projectOf(file.filename)))]
  }

  /** A project's files, undefined when nobody has it. Throws an HttpError; the next call asks upstream again then. */
  async files(project: string): Promise<readonly IndexFile[] | undefined> {
    const own = this.#own.filter(file => projectOf(file.filename) === project)
    // Files are published there while this index runs, so it is asked each time; what it has, upstream is not asked for.
    const remote = (await this.#beside?.files(project)) ?? (await this.#page(project))
    if (!remote && own.length === 0) return undefined
    const taken = new Set(own.map(file => file.filename))
    return [...own, ...(remote ?? []).filter(file => !taken.has(file.filename))]
  }

  /** The file at `/files/<identity>/<filename>`; for `<filename>.metadata` the metadata of that wheel (PEP 658). */
  async file(identity: string, filename: string): Promise<IndexFile | undefined> {
    const files = await this.files(projectOf(filename))
    const wanted = filename.replace(/\.metadata$/, '')
    const file = files?.find(each => each.filename === wanted && identityOf(each) === identity)
    return file && wanted !== filename ? metadataOf(file) : file
  }

  #page(project: string): Promise<readonly IndexFile[] | undefined> {
    const known = this.#pages.get(project)
    if (known) return known
    const page = this.#upstream?.files(project) ?? Promise.resolve(undefined)
    this.#pages.set(project, page)
    page.catch(() => this.#pages.delete(project))
    return page
  }
}

/** Names a file by its content, so that its address is the same behind every upstream. */
export function identityOf(file: IndexFile): string {
  const digest = file.hashes.sha256 ?? createHash('sha256').update(new URL(file.url).pathname).digest('hex')
  return digest.slice(0, 16)
}

function metadataOf(file: IndexFile): IndexFile {
  const metadata = file['core-metadata']
  return {
    filename: `${file.filename}.metadata`,
    url: `${file.url}.metadata`,
    hashes: typeof metadata === 'object' ? metadata : {},
  }
}
