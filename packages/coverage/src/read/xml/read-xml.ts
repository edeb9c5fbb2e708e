import type { UserError } from '@tokenledger/kit'
import { SaxesParser } from 'saxes'
import { broken, cutOff, quoted, unsafe } from '../refusal.ts'
import type { ReportText } from '../report-text.ts'
import { inWords, unclosedTag } from './saxes-words.ts'
import type { Attributes, Problems, ReportContent, XmlFormat } from './xml-format.ts'

/** Reports need 8 at most. */
const DEEPEST = 64
const MOST_TAGS = 20_000_000
const LONGEST_ATTRIBUTE = 64 * 1024
/** Of a tag, a comment, a declaration or a text: what the parser has to keep until its end. */
const LONGEST_PART = 1024 * 1024

/** Chooses the format by the root element, or throws. */
export type FormatOf = (root: string, attributes: Attributes, problems: Problems) => XmlFormat

/**
 * Reads a report in XML piece by piece; what `formatOf` gives for its root takes the elements. The parser knows no entities
 * but the five of XML and fetches nothing. A UserError for what is not well-formed or passes a limit.
 */
export async function readXml(text: ReportText, formatOf: FormatOf): Promise<ReportContent> {
  const document = new XmlDocument(text.report, formatOf)
  for await (const chunk of text.chunks()) document.write(chunk)
  return document.end()
}

class XmlDocument implements Problems {
  readonly report: string
  readonly #formatOf: FormatOf
  readonly #parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false })
  #format: XmlFormat | undefined
  #depth = 0
  #tags = 0
  /** Where the last tag, comment or declaration ended, as a count of characters. */
  #ended = 0
  #isAtEnd = false
  #text = ''
  readonly #takeText = (text: string) => {
    this.#text += text
  }

  constructor(report: string, formatOf: FormatOf) {
    this.report = report
    this.#formatOf = formatOf
    // Handlers become properties of the parser by a computed name. The eighth would make V8 keep the object as a dictionary,
    // and one that comes later would change its shape: either makes reading four times slower.
    const parser = this.#parser
    parser.on('opentag', ({ name, attributes }) => this.#open(name, attributes))
    parser.on('closetag', ({ name }) => this.#close(name))
    parser.on('comment', comment => this.#comment(comment))
    parser.on('doctype', doctype => this.#doctype(doctype))
    parser.on('error', ({ message }) => this.#fail(message))
    parser.on('text', this.#takeText)
    parser.off('text')
  }

  write(chunk: string): void {
    this.#parser.write(chunk)
    if (this.#parser.position - this.#ended > LONGEST_PART) {
      throw this.#unsafe(`a tag, comment or text of more than ${LONGEST_PART / 1024 / 1024} MiB`)
    }
  }

  end(): ReportContent {
    this.#isAtEnd = true
    this.#parser.close()
    if (!this.#format) throw cutOff(this.report, 'it has no root element')
    return this.#format.finish()
  }

  at(what: string): UserError {
    const { line, column } = this.#parser
    return broken(this.report, { line, column: Math.max(column, 1) }, what)
  }

  #open(name: string, attributes: Attributes): void {
    const { position } = this.#parser
    if (position - this.#ended > LONGEST_ATTRIBUTE) this.#checkLengths(attributes)
    this.#ended = position
    if (!this.#format) this.#checkEncoding(this.#parser.xmlDecl)
    if (++this.#depth > DEEPEST) throw this.#unsafe(`elements nested more than ${DEEPEST} deep`)
    if (++this.#tags > MOST_TAGS) throw this.#unsafe(`more than ${MOST_TAGS} tags`)
    this.#format ??= this.#formatOf(name, attributes, this)
    this.#format.open(name, attributes, this.#depth)
    if (name === this.#format.textOf) this.#collectText()
  }

  #close(name: string): void {
    this.#ended = this.#parser.position
    if (name === this.#format?.textOf) {
      this.#parser.off('text')
      this.#format.text?.(this.#text)
    }
    this.#format?.close(name, this.#depth)
    this.#depth--
  }

  /** Only where it is wanted: there is white space between all tags, which the parser need not hand over. */
  #collectText(): void {
    this.#text = ''
    this.#parser.on('text', this.#takeText)
  }

  #comment(comment: string): void {
    this.#ended = this.#parser.position
    this.#format?.comment?.(comment)
  }

  #fail(message: string): never {
    if (!this.#isAtEnd) throw this.at(inWords(message))
    const { line, column } = this.#parser
    // After a line end the next line is the one to be read, but it is not there.
    const last = column === 0 && line > 1 ? line - 1 : line
    const how = unclosedTag(message) ?? (this.#format ? 'it ends in the middle' : 'it has no root element')
    throw cutOff(this.report, `${how} at line ${last}`)
  }

  #checkLengths(attributes: Attributes): void {
    for (const [name, value] of Object.entries(attributes)) {
      if (Math.max(name.length, value.length) <= LONGEST_ATTRIBUTE) continue
      throw this.#unsafe(`an attribute of more than ${LONGEST_ATTRIBUTE / 1024} KiB`)
    }
  }

  /** A DOCTYPE that names a DTD is what istanbul and JaCoCo write; one that holds declarations can define entities. */
  #doctype(doctype: string): void {
    this.#ended = this.#parser.position
    const withoutLiterals = doctype.replace(/"[^"]*"|'[^']*'/g, '')
    if (!withoutLiterals.includes('[')) return
    const line = this.#parser.line - (doctype.split('\n').length - 1)
    const what = doctype.includes('<!ENTITY') ? 'entity declarations' : 'declarations of its own'
    throw unsafe(this.report, `a DTD with ${what}`, line)
  }

  #checkEncoding({ encoding = 'UTF-8' }: { readonly encoding?: string }): void {
    if (/^(?:utf-?8|us-ascii)$/i.test(encoding)) return
    throw this.at(`it declares the encoding ${quoted(encoding)}, and only UTF-8 is read`)
  }

  #unsafe(what: string): UserError {
    return unsafe(this.report, what, this.#parser.line)
  }
}
