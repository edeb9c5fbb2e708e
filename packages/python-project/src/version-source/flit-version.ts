import { assignmentPlace } from './file-places.ts'
import { type ModuleFile, moduleFile } from './module-file.ts'
import { fromElsewhere, type Project, type PythonVersion, stringIn, toolTable } from './project-version.ts'
import { assignedString } from './python-assignment.ts'

const ROOTS = ['.', 'src'] as const

/** Beside a package's `__init__.py`, in the order in which one goes before the other (flit_core/common.py). */
const VERSION_FILES = ['version.py', '_version.py', '__version__.py']

/** flit takes `__version__` of the module that it packs. */
export function flitVersion(project: Project): PythonVersion {
  const name =
    stringIn(toolTable(project, 'flit', 'module'), 'name') ??
    stringIn(toolTable(project, 'flit', 'metadata'), 'module') ??
    (project.pyproject.name ?? '').replaceAll('-', '_')
  const setting = {
    kind: 'flit' as const,
    reason: `dynamic = ["version"] for flit in ${project.pyproject.path}`,
  }
  const file = moduleFile(project.folder, name, ROOTS)
  // What flit reads without running the module goes before what an import leads to.
  const plain = file && versionFiles(project, file).find(({ text }) => assignedString(text, '__version__'))
  const place = file && assignmentPlace(project, setting, plain ?? file, '__version__', ROOTS)
  if (place) return place
  const what = file
    ? `${project.folder.at(file.path)} assigns no plain string to __version__, which flit reads.`
    : `flit's module ${name} is neither here nor in src.`
  return fromElsewhere(project, what)
}

function versionFiles({ folder }: Project, file: ModuleFile): ModuleFile[] {
  if (!file.path.endsWith('__init__.py')) return [file]
  const beside = VERSION_FILES.flatMap(name => {
    const path = file.path.replace(/__init__\.py$/, name)
    const text = folder.read(path)
    return text === undefined ? [] : [{ path, text }]
  })
  return [file, ...beside]
}
