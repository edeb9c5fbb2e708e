import { execFile } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { relative } from 'node:path'
import { promisify } from 'node:util'
import { lastLines, UserError } from '@tokenledger/kit'
import { MigrationError } from '../problem.ts'
import type { ProjectPlace } from '../tool.ts'
import type { AlembicProject } from './find-alembic.ts'
import { inOrder } from './graph.ts'
import { missingAlembic } from './missing-alembic.ts'
import type { AlembicScripts, Revision } from './revisions.ts'

const run = promisify(execFile)

/**
 * Prints what Alembic's ScriptDirectory knows as JSON. env.py does not run. Whatever the project prints while its revisions
 * are imported goes to stderr. SQLAlchemy takes `postgresql://` for psycopg2, and from 2.1 on for psycopg.
 */
const READ = `
import ast, json, os, sys
result = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
config_file, directory = sys.argv[1:3]
here = os.getcwd()
sys.path[:] = [path for path in sys.path if path not in ("", here)]

def answer(**values):
    json.dump(values, result)
    result.flush()
    os._exit(0)

try:
    import alembic
    from alembic.config import Config
    from alembic.script import ScriptDirectory
except ImportError as error:
    answer(missing=str(error), python=sys.executable)
sys.path.insert(0, here)

def line_of(path):
    with open(path, "rb") as file:
        for node in ast.parse(file.read()).body:
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            if any(getattr(target, "id", "") == "down_revision" for target in targets):
                return node.lineno
    return 1

def several(value):
    return [value] if isinstance(value, str) else list(value or ())

def version(name):
    try:
        return __import__(name).__version__
    except ImportError:
        return ""

def importable(name):
    try:
        __import__(name)
        return True
    except Exception:
        return False

def blame(error):
    frame, place = error.__traceback__, None
    while frame:
        place = (frame.tb_frame.f_code.co_filename, frame.tb_lineno)
        frame = frame.tb_next
    return (error.filename, error.lineno) if isinstance(error, SyntaxError) else place

def configuration():
    if not config_file:
        config = Config()
        config.set_main_option("script_location", directory.replace("%", "%%"))
        return config
    toml = os.path.basename(config_file) == "pyproject.toml"
    if not toml and not os.path.exists("pyproject.toml"):
        return Config(config_file)
    try:
        return Config(None if toml else config_file, toml_file=config_file if toml else "pyproject.toml")
    except TypeError:
        if toml:
            answer(error="Alembic %s does not read pyproject.toml; 1.16 does. Update it, or add an alembic.ini" % alembic.__version__)
        return Config(config_file)

try:
    config = configuration()
    scripts = ScriptDirectory.from_config(config)
    revisions = [
        dict(
            id=script.revision, doc=script.doc or "", path=script.path, line=line_of(script.path),
            down=several(script.down_revision), dependsOn=several(script.dependencies),
        )
        for script in scripts._load_revisions()
    ]
    option = getattr(config, "get_alembic_option", config.get_main_option)
    sqlalchemy = version("sqlalchemy")
    new = tuple(int(part) for part in sqlalchemy.split(".")[:2] if part.isdigit()) >= (2, 1)
    drivers = ["psycopg", "psycopg2"] if new else ["psycopg2", "psycopg"]
    answer(
        revisions=revisions,
        directory=os.path.realpath(scripts.dir),
        versionTable=option("version_table") or "alembic_version",
        versionSchema=option("version_table_schema") or "",
        alembic=alembic.__version__,
        sqlalchemy=sqlalchemy,
        driver=next((name for name in drivers + ["asyncpg"] if importable(name)), ""),
    )
except Exception as error:
    path, line = blame(error)
    answer(error="%s: %s" % (type(error).__name__, error), path=path, line=line)
`

type Answer =
  | (Omit<AlembicScripts, 'revisions'> & { readonly revisions: readonly Revision[] })
  | { readonly missing: string; readonly python: string }
  | { readonly error: string; readonly path?: string; readonly line?: number }

export interface ReadOptions {
  readonly python: string
  readonly env: Readonly<Record<string, string>>
  readonly redact: (text: string) => string
}

/**
 * Reads all revisions through the project's own Alembic, without a database. A MigrationError at the file that cannot be
 * imported; a UserError when Alembic itself is missing or its configuration is wrong.
 */
export async function readScripts(
  place: ProjectPlace,
  project: AlembicProject,
  { python, env, redact }: ReadOptions,
): Promise<AlembicScripts> {
  const { cwd, config = '', directory = '' } = project
  const answer = await ask(python, ['-c', READ, config, directory], { cwd, env, redact })
  if ('missing' in answer) throw new UserError(await missingAlembic(place, answer))
  if ('error' in answer) throw unreadable(place, project, { ...answer, error: redact(answer.error) })
  const revisions = answer.revisions.map(revision => ({
    ...revision,
    path: relativePath(place, revision.path) ?? revision.path,
  }))
  return { ...answer, revisions: inOrder(revisions) }
}

async function ask(
  python: string,
  args: readonly string[],
  { redact, ...options }: Omit<ReadOptions, 'python'> & { readonly cwd: string },
): Promise<Answer> {
  try {
    const { stdout } = await run(python, args, { ...options, maxBuffer: 64 * 1024 * 1024 })
    return JSON.parse(stdout)
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string }
    throw new UserError(
      `The revisions could not be read with ${python}: ${redact(lastLines(stderr || message, 5))}`,
    )
  }
}

function unreadable(
  place: ProjectPlace,
  { reason }: AlembicProject,
  { error, path, line }: { readonly error: string; readonly path?: string; readonly line?: number },
): Error {
  const own = path === undefined ? undefined : relativePath(place, path)
  if (own === undefined) return new UserError(`Alembic cannot read ${reason}: ${error}.`)
  return new MigrationError([{ path: own, position: { line: line ?? 1, column: 1 }, message: error }])
}

/** Relative to the repository with forward slashes; undefined for a file outside of it or of an installed package. */
export function relativePath({ root }: ProjectPlace, path: string): string | undefined {
  const own = relative(realpathSync(root), path).replaceAll('\\', '/')
  return own.startsWith('../') || /^([A-Za-z]:)?\//.test(own) || own.includes('site-packages/')
    ? undefined
    : own
}
