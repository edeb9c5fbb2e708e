import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { tempDir, writeFiles } from '@tokenledger/testkit'
import { pythonWith } from '../../../migrations/test/alembic/python-environment.ts'
import type { ProjectFiles } from './project-files.ts'

const BACKENDS = [
  'hatchling==1.33.0',
  'setuptools==80.9.0',
  'flit-core==4.2.0',
  'pdm-backend==2.5.0',
  'poetry-core==2.5.0',
] as const

/** Asks the backend that pyproject.toml names for the metadata; each in a process of its own, forked with all loaded. */
const PROGRAM = `
import importlib, io, json, os, sys, tempfile, tomllib, warnings
import flit_core.buildapi, hatchling.build, pdm.backend, poetry.core.masonry.api, setuptools.build_meta

def version_of(folder):
    os.chdir(folder)
    with open("pyproject.toml", encoding="utf-8-sig") as file:
        backend = tomllib.loads(file.read())["build-system"]["build-backend"]
    target = tempfile.mkdtemp(dir=os.path.dirname(folder))
    info = importlib.import_module(backend).prepare_metadata_for_build_wheel(target)
    with open(os.path.join(target, info, "METADATA"), encoding="utf-8") as file:
        return next(line.split(":", 1)[1].strip() for line in file if line.startswith("Version:"))

answers = []
for folder in json.load(sys.stdin):
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(2, 1)
        try:
            answer = version_of(folder)
        except BaseException as error:
            answer = f"{type(error).__name__}: {error}"
        os.write(writer, answer.encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        answers.append(pipe.read().decode())
    os.waitpid(child, 0)
json.dump(answers, sys.stdout)
`

/** The versions that the real build backends give to projects, as their METADATA says; an error's text where it fails. */
export function builtVersions(projects: readonly ProjectFiles[]): string[] {
  const folder = tempDir('backends-')
  const folders = projects.map((files, index) => {
    const path = join(folder, String(index))
    writeFiles(path, files)
    return path
  })
  const python = pythonWith(...BACKENDS)
  const input = JSON.stringify(folders)
  return JSON.parse(
    execFileSync(python, ['-c', PROGRAM], { input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'] }),
  )
}
