import { stringOf, tableOf } from '@tokenledger/python-project'
import type { Adopter } from '../init/adopter.ts'

const CLASSIFIERS: readonly (readonly [RegExp, string])[] = [
  [/^License :: OSI Approved :: MIT License$/, 'MIT'],
  [/^License :: OSI Approved :: Apache Software License$/, 'Apache-2.0'],
  [/^License :: OSI Approved :: ISC License/, 'ISC'],
  [/^License :: OSI Approved :: Mozilla Public License 2\.0/, 'MPL-2.0'],
  [/^License :: OSI Approved :: GNU General Public License v3 \(GPLv3\)$/, 'GPL-3.0-only'],
  [/^License :: OSI Approved :: GNU General Public License v3 or later/, 'GPL-3.0-or-later'],
]
/** SPDX names and expressions; the whole text of a licence is none. */
const NAME = /^[\w.+() -]{2,60}$/

/** The licence by the name that the project gives it; undefined when it gives none. */
export function licenceName({ project }: Adopter): string | undefined {
  const { document, tool, classifiers } = project.pyproject
  const { license } = tableOf(document.project)
  const said = [license, tableOf(license).text, tableOf(tool.poetry).license].map(stringOf)
  const named = said.find(name => name !== undefined && NAME.test(name.trim()))?.trim()
  return named ?? CLASSIFIERS.find(([pattern]) => classifiers.some(text => pattern.test(text)))?.[1]
}

/** Where its text is. */
export function licenceFile({ project }: Adopter): string | undefined {
  const names = project.checkout.files.filter(file =>
    /^(?:LICEN[CS]E|COPYING)(?:\.(?:md|txt|rst))?$/i.test(file),
  )
  return names[0]
}
