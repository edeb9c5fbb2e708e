import { delimiter, dirname, resolve } from 'node:path'
import { UserError } from '@tokenledger/kit'
import { venvFolders } from '../alembic/python.ts'
import type { ProjectPlace } from '../tool.ts'
import { ownEnvironment } from './child-environment.ts'
import { findProgram, pathName } from './find-program.ts'
import { splitWords } from './words.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The project's own command, ready to run. */
export interface CommandLine {
  /** As the input has it, for messages. */
  readonly text: string
  /** Absolute path. */
  readonly program: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
}

/**
 * Takes the command apart and finds its program in the virtual environment of `home`, then on PATH. In another checkout than
 * `home` its own code comes before what is installed. A UserError for what needs a shell, and for a missing program.
 */
export async function commandLine(
  command: string,
  place: ProjectPlace,
  home: ProjectPlace,
  env: Environment,
): Promise<CommandLine> {
  const [name = '', ...args] = splitWords(command)
  const cwd = resolve(place.root, place.workingDirectory)
  const folders = venvFolders(home, env)
  const program = await findProgram(name, { cwd, folders, env })
  if (!program) {
    throw new UserError(
      `Input command: there is no program "${name}" in ${place.workingDirectory}'s virtual environment or on PATH. Run setup-uv-python before this step, with the extras that the command needs.`,
    )
  }
  const own = ownEnvironment(env)
  const path = pathName(own)
  const [venv] = folders.filter(folder => dirname(program) === folder)
  return {
    text: command,
    program,
    args,
    cwd,
    env: {
      ...own,
      ...(venv
        ? { [path]: [venv, own[path]].filter(Boolean).join(delimiter), VIRTUAL_ENV: dirname(venv) }
        : {}),
      ...(place.root === home.root ? {} : { PYTHONPATH: [cwd, resolve(cwd, 'src')].join(delimiter) }),
    },
  }
}
