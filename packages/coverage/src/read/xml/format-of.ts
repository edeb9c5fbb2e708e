import { UserError } from '@tokenledger/kit'
import type { ReportFormat } from '../../model/report.ts'
import { Clover } from './clover.ts'
import { Cobertura } from './cobertura.ts'
import { Jacoco } from './jacoco.ts'
import type { FormatOf } from './read-xml.ts'
import type { Attributes } from './xml-format.ts'

/** Formats of reports in XML. */
export type XmlFormatName = 'cobertura' | 'clover' | 'jacoco'

const MAKERS = {
  cobertura: (...args) => new Cobertura(...args),
  clover: (...args) => new Clover(...args),
  jacoco: (...args) => new Jacoco(...args),
} satisfies Record<XmlFormatName, (...args: ConstructorParameters<typeof Cobertura>) => unknown>

/** Chooses the format of a document by its root element; with `asked` it has to be that one. */
export function formatOf(asked: ReportFormat | 'auto'): FormatOf {
  return (root, attributes, problems) => {
    const found = nameOf(root, attributes)
    if (found === undefined) {
      throw new UserError(
        `${problems.report} is XML with the root <${root.slice(0, 60)}>, which no coverage report has${hint(root)}. Give files: coverage.xml.`,
      )
    }
    if (asked !== 'auto' && asked !== found) {
      throw new UserError(`${problems.report} holds ${found}, not ${asked}. Set format: ${found} or auto.`)
    }
    return MAKERS[found](attributes, problems)
  }
}

/** Cobertura and Clover share the root; only Clover says when it was `generated` (clover.xsd, type coverage). */
function nameOf(root: string, attributes: Attributes): XmlFormatName | undefined {
  if (root === 'report') return 'jacoco'
  if (root !== 'coverage') return undefined
  return attributes.generated !== undefined || attributes.clover !== undefined ? 'clover' : 'cobertura'
}

function hint(root: string): string {
  if (/^testsuites?$/.test(root)) return " (it is JUnit's list of tests)"
  if (root === 'CrapReport' || root === 'crap_result') return ' (it is a report of Crap4J)'
  return /^html$/i.test(root) ? ' (it is an HTML page)' : ''
}
