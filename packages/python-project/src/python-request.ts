import { isAbsolute, win32 } from 'node:path'
import { UserError } from '@tokenledger/kit'
import type { Pyproject } from './pyproject.ts'
import { allowsPython, floorPython, KNOWN_PYTHONS, supportedPythons } from './python-versions.ts'

export type PythonRequest =
  | {
      readonly kind: 'version'
      /** `3.11`, `3.11.7` or, free-threaded, `3.13t`. */
      readonly version: string
      readonly source: string
    }
  | { readonly kind: 'path'; readonly path: string; readonly source: string }

export interface PythonFacts {
  /** The input `python-version`; empty when not given. */
  readonly input: string
  /** The variable UV_PYTHON. */
  readonly environment?: string | undefined
  /** The content of `.python-version`. */
  readonly pythonVersionFile?: string | undefined
  readonly pyproject: Pyproject
  /** Stable minors that exist, ascending. */
  readonly known?: readonly string[]
}

const ALLOWED = 'a version such as 3.11, 3.11.7 or 3.13t, min, max, or an absolute path'

/**
 * Which Python a job runs on: the input, else UV_PYTHON, else `.python-version`, else the lowest minor that
 * requires-python allows, since a library must hold on its floor. A version outside of requires-python and a word that
 * names no Python are UserErrors.
 */
export function pythonRequest(facts: PythonFacts): PythonRequest {
  const { pyproject, known = KNOWN_PYTHONS } = facts
  const fromFile = firstLine(facts.pythonVersionFile)
  if (facts.input) return resolve(facts.input, 'input python-version', facts)
  if (facts.environment) return resolve(facts.environment, 'UV_PYTHON', facts)
  if (fromFile) return resolve(fromFile, '.python-version', facts)
  const { versions, source } = floorPython(pyproject, known)
  return within(pyproject, versions[0] ?? '', source)
}

function resolve(
  word: string,
  source: string,
  { pyproject, known = KNOWN_PYTHONS }: PythonFacts,
): PythonRequest {
  if (word === 'min' || word === 'max') {
    const supported = supportedPythons(pyproject, known)
    const version = supported.versions.at(word === 'min' ? 0 : -1) ?? ''
    return within(pyproject, version, `${source} "${word}": ${supported.source}`)
  }
  // Both kinds on every system, so that a Windows path in a shared workflow is not taken for a misspelt version.
  if (isAbsolute(word) || win32.isAbsolute(word)) return { kind: 'path', path: word, source }
  const version = asVersion(word)
  if (version) return within(pyproject, version, source)
  throw new UserError(`${capital(source)} is "${word}"; allowed: ${ALLOWED}.`)
}

function within(pyproject: Pyproject, version: string, source: string): PythonRequest {
  if (allowsPython(pyproject.requiresPython, version)) return { kind: 'version', version, source }
  throw new UserError(
    `Python ${version} does not satisfy requires-python "${pyproject.requiresPython}" in pyproject.toml.`,
  )
}

/**
 * The version in the spellings that uv and pyenv write: `3.11.7`, `python3.11`, `cpython@3.13t`,
 * `cpython-3.13.1+freethreaded-linux-x86_64-gnu`. Other implementations are none of them.
 */
function asVersion(word: string): string | undefined {
  const spelling = /^(?:c?python|cp)?[-@]?(3\.\d+(?:\.\d+)?)(t|\+freethreaded)?(?:-[\w.-]+)?$/i
  const [, version, freeThreaded] = spelling.exec(word) ?? []
  return version && version + (freeThreaded ? 't' : '')
}

/** `.python-version` may hold comments and several versions; the first is the default one. */
function firstLine(content = ''): string | undefined {
  return content
    .split(/\r?\n/)
    .map(line => line.replace(/#.*/, '').trim())
    .find(Boolean)
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
