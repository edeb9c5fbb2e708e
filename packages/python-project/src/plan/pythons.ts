import type { Annotation } from '@tokenledger/kit'
import { pythonRequest } from '../python-request.ts'
import { allowsPython, byVersion, classifierPythons, supportedPythons } from '../python-versions.ts'
import { type Finding, found } from './finding.ts'
import type { Project } from './project.ts'

export interface PythonFindings {
  readonly 'python-versions': Finding<readonly string[]>
  readonly 'default-python': Finding<string>
}

/** The Pythons to test on, and the one for everything that runs once. */
export function pythonFindings(project: Project): PythonFindings {
  const { pyproject, overrides } = project
  const supported = supportedPythons(pyproject)
  const versions = overrides.pythonVersions
    ? found(overrides.pythonVersions, 'input python-versions')
    : found(supported.versions, supported.source)
  return { 'python-versions': versions, 'default-python': defaultPython(project, versions.value) }
}

function defaultPython(
  { pyproject, overrides, pythonVersionFile }: Project,
  versions: readonly string[],
): Finding<string> {
  const request = pythonRequest({ input: overrides.defaultPython ?? '', pythonVersionFile, pyproject })
  if (request.kind === 'path') return found(request.path, request.source)
  if (overrides.defaultPython) {
    return found(request.version, request.source.replace('input python-version', 'input default-python'))
  }
  const isTested = versions.some(
    version => version === request.version || isPatchOf(request.version, version),
  )
  if (isTested || !overrides.pythonVersions) return found(request.version, request.source)
  return found([...versions].sort(byVersion)[0] ?? '', 'lowest of input python-versions')
}

function isPatchOf(exact: string, minor: string): boolean {
  return exact.startsWith(`${minor}.`)
}

/** Warnings for classifiers that promise what requires-python forbids. `file` is relative to the workspace. */
export function classifierWarnings({ pyproject }: Project, file: string, text: string): Annotation[] {
  const { requiresPython } = pyproject
  return classifierPythons(pyproject)
    .filter(minor => !allowsPython(requiresPython, minor))
    .map(minor => {
      const classifier = `Programming Language :: Python :: ${minor}`
      const before = text.split(new RegExp(`["']${classifier.replaceAll('.', '\\.')}["']`), 1)[0] ?? ''
      return {
        level: 'warning',
        title: 'Classifier contradicts requires-python',
        message: `Classifier "${classifier}" contradicts requires-python "${requiresPython}", so CI leaves it out. Remove the classifier or widen requires-python.`,
        file,
        line: before.split('\n').length,
      }
    })
}
