import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { UserError } from '@tokenledger/kit'
import type { AlembicOptions } from '../alembic-tool.ts'
import { ownEnvironment } from '../command/child-environment.ts'
import { type ChildResult, runRedacted } from '../command/run-redacted.ts'
import type { ProjectPlace } from '../tool.ts'
import { type AlembicProject, findAlembic } from './find-alembic.ts'
import { findPython } from './python.ts'
import { readScripts } from './read-scripts.ts'
import type { AlembicScripts } from './revisions.ts'

/** The Alembic of a checkout, found and read. */
export interface Alembic {
  readonly place: ProjectPlace
  readonly project: AlembicProject
  readonly python: string
  readonly scripts: AlembicScripts
  readonly options: AlembicOptions
  /** What every Python of this checkout gets. */
  readonly env: Readonly<Record<string, string>>
}

/**
 * Finds and reads the Alembic of `place` with the Python of `home`, which is another checkout when an older state of the
 * project is looked at: that has no environment of its own. Errors as of `findPython` and `readScripts`.
 */
export async function openAlembic(
  place: ProjectPlace,
  options: AlembicOptions,
  home: ProjectPlace = place,
): Promise<Alembic> {
  const project = await findAlembic(place, options)
  if (!project) {
    throw new UserError(
      `No Alembic in ${place.workingDirectory}: looked for alembic.ini, [tool.alembic] in pyproject.toml, and a folder with env.py and versions/. Nothing was run.`,
    )
  }
  const python = await findPython(home, options.env, options.python)
  const env = environmentOf(place, home, project, options)
  const scripts = await readScripts(place, project, { python, env, redact: options.redact })
  return { place, project, python, scripts, options, env }
}

/** An older checkout's package under src/ has to come before the installed one; its folder comes first by itself. */
function environmentOf(
  place: ProjectPlace,
  home: ProjectPlace,
  { cwd }: AlembicProject,
  options: AlembicOptions,
): Record<string, string> {
  const env = ownEnvironment(options.env)
  const sources = join(cwd, 'src')
  return place.root !== home.root && existsSync(sources) ? { ...env, PYTHONPATH: sources } : env
}

/**
 * Runs one of our programs, or Alembic's command line as the script `alembic` does: the project's own folder `alembic/` must not
 * stand before the package, and is importable afterwards. Alembic's own log is shown unless env.py sets up logging. When the
 * runner dies, so does Alembic: the next run, which gets the lock then, must not meet it.
 */
export const PRELUDE = `
import logging, os, sys, threading
lifeline = sys.argv.pop(1)
def end_with_runner():
    os.read(int(lifeline), 1)
    os._exit(1)
if lifeline:
    threading.Thread(target=end_with_runner, daemon=True).start()
here = os.getcwd()
sys.path[:] = [path for path in sys.path if path not in ("", here)]
import alembic.config
sys.path.insert(0, here)
log = logging.getLogger("alembic.runtime.migration")
log.addHandler(logging.StreamHandler())
log.setLevel(logging.INFO)
log.propagate = False
`

const COMMAND_LINE = `${PRELUDE}
alembic.config.main(prog="alembic")
`

export interface AlembicRun {
  /** Arguments of the program behind \`-c <configuration>\`. */
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly onLine: (line: string) => void
  readonly signal: AbortSignal
  /** Another program than Alembic's command line; it gets the same arguments. */
  readonly program?: string
}

/** Runs Alembic in the project; an exit code other than 0 is a result. */
export async function runAlembic(
  { python, project, scripts, options }: Alembic,
  { args, env, onLine, signal, program = COMMAND_LINE }: AlembicRun,
): Promise<ChildResult> {
  const lifeline = process.platform === 'win32' ? '' : '3'
  return withConfiguration(project, scripts.directory, config =>
    runRedacted(python, ['-c', program, lifeline, '-c', config, ...args], {
      cwd: project.cwd,
      env,
      redact: options.redact,
      onLine,
      signal,
      lifeline: true,
    }),
  )
}

/** A project with env.py alone gets a configuration that lives as long as the run. */
async function withConfiguration<T>(
  { config }: AlembicProject,
  directory: string,
  work: (config: string) => Promise<T>,
): Promise<T> {
  if (config) return work(config)
  const folder = await mkdtemp(join(resolve(tmpdir()), 'alembic-'))
  try {
    const file = join(folder, 'alembic.ini')
    await writeFile(file, `[alembic]\nscript_location = ${directory.replaceAll('%', '%%')}\n${LOGGING}`)
    return await work(file)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Most env.py files hand the configuration to logging's fileConfig, which fails without these sections. */
const LOGGING = `[loggers]
keys = root,alembic
[handlers]
keys = console
[formatters]
keys = plain
[logger_root]
level = WARNING
handlers = console
[logger_alembic]
level = INFO
handlers =
qualname = alembic
[handler_console]
class = StreamHandler
args = (sys.stderr,)
formatter = plain
[formatter_plain]
format = %(levelname)s [%(name)s] %(message)s
`
