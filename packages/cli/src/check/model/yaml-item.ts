import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type ParsedNode,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml'
import type { Place } from '../finding.ts'

/** A YAML or JSON file with the document's own ranges, by which every value knows its line. */
export interface YamlFile {
  readonly path: string
  readonly text: string
  readonly document: Document<ParsedNode>
  readonly lines: LineCounter
  /** The text by its lines, split once: rules ask for single lines of it often. */
  readonly textLines: readonly string[]
}

export interface Match {
  readonly match: RegExpExecArray
  readonly at: Place
}

export function openYaml(path: string, text: string): YamlFile {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  return { path, text, lines, document, textLines: text.split(/\r?\n/) }
}

export function syntaxErrors(file: YamlFile): { readonly at: Place; readonly message: string }[] {
  const { document } = file
  const errors = document.errors.map((error: YAMLError) => ({
    at: placeAt(file, error.pos[0]),
    message: (error.message.split('\n', 1)[0] ?? error.message).replace(/:$/, ''),
  }))
  visit(document, {
    Alias: (_, alias) => {
      const at = placeAt(file, alias.range?.[0] ?? 0)
      if (!alias.resolve(document)) errors.push({ at, message: `there is no anchor '${alias.source}'` })
    },
  })
  return errors
}

export function placeAt(file: YamlFile, offset: number): Place {
  const { line, col } = file.lines.linePos(offset)
  return { path: file.path, line: Math.max(line, 1), column: Math.max(col, 1) }
}

/** A value of a YAML file with its place: of its key where it has one. */
export class YamlItem {
  readonly file: YamlFile
  readonly #node: Node | null
  readonly #key: Node | undefined
  /** Whether the value stands elsewhere, under an anchor. */
  readonly isAlias: boolean

  constructor(file: YamlFile, node: Node | null, key?: Node) {
    this.file = file
    this.isAlias = isAlias(node)
    this.#node = isAlias(node) ? (node.resolve(file.document) ?? null) : node
    this.#key = key
  }

  static root(file: YamlFile): YamlItem {
    return new YamlItem(file, file.document.contents)
  }

  get place(): Place {
    return placeAt(this.file, this.#key?.range?.[0] ?? this.#node?.range?.[0] ?? 0)
  }

  get valuePlace(): Place {
    return placeAt(this.file, this.#node?.range?.[0] ?? 0)
  }

  /** The whole line on which the value begins, with its comment. */
  get line(): string {
    return this.file.textLines[this.valuePlace.line - 1] ?? ''
  }

  /** A scalar as YAML reads it; null for anything else. */
  get value(): unknown {
    return isScalar(this.#node) ? this.#node.value : null
  }

  /** A scalar as text; empty for anything else. */
  get text(): string {
    return isScalar(this.#node) && this.#node.value !== null ? String(this.#node.value) : ''
  }

  /** A scalar as it is written, without quotes: `3.10`, where the text is `3.1`. */
  get source(): string {
    return isScalar(this.#node) ? (this.#node.source ?? this.text) : ''
  }

  get isMap(): boolean {
    return isMap(this.#node)
  }

  get isScalar(): boolean {
    return isScalar(this.#node)
  }

  get(...path: readonly string[]): YamlItem | undefined {
    const [first, ...rest] = path
    if (first === undefined) return this
    return this.entries()
      .find(([name]) => name === first)?.[1]
      .get(...rest)
  }

  entries(): [string, YamlItem][] {
    if (!isMap(this.#node)) return []
    return this.#node.items.map(({ key, value }) => [
      isScalar(key) ? String(key.value) : String(key),
      new YamlItem(this.file, value as Node | null, key as Node),
    ])
  }

  /** The members of a list; a single value counts as a list of one. */
  elements(): YamlItem[] {
    if (isSeq(this.#node)) return this.#node.items.map(node => new YamlItem(this.file, node as Node))
    return isScalar(this.#node) && this.#node.value !== null ? [this] : []
  }

  /** Where a pattern occurs in the text as it stands in the file. */
  find(pattern: RegExp): Match[] {
    const [start, end] = this.#node?.range ?? [0, 0]
    const flags = pattern.flags.includes('g') ? pattern.flags : `${pattern.flags}g`
    const slice = this.file.text.slice(start, end)
    return [...slice.matchAll(new RegExp(pattern.source, flags))].map(match => ({
      match,
      at: placeAt(this.file, start + match.index),
    }))
  }

  /** The same, less what stands behind a `#` that may begin a comment, of YAML or of a shell. */
  findOutsideComments(pattern: RegExp): Match[] {
    return this.find(pattern).filter(
      ({ at }) => !/(?:^|\s)#/.test((this.file.textLines[at.line - 1] ?? '').slice(0, at.column - 1)),
    )
  }
}
