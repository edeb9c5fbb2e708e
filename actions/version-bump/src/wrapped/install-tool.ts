import { writeFile } from 'node:fs/promises'
import { join, parse } from 'node:path'
import { lastLines, UserError } from '@tokenledger/kit'
import { LOCKED_REQUIREMENTS } from './locked-requirements.ts'
import { type ProgramResult, runProgram } from './run-program.ts'

export interface InstallOptions {
  /** Name or path of uv. */
  readonly uv: string
  readonly env: Readonly<Record<string, string>>
  readonly signal: AbortSignal
  /** Text of a requirements file with hashes; the tool's own when absent. */
  readonly requirements?: string
}

/** Those that the lock file is for and that every locked package has a wheel for. */
const PYTHONS = '>=3.11,<3.16'

/**
 * Makes a virtual environment below `folder` that holds exactly the locked packages, and returns its Python. `uv run --with`
 * and `uv tool run` would not do: they take a package whose hash differs. Wheels only, as the build of a source distribution
 * fetches what no lock file names. uv runs outside of the project, whose index and sources are not for the tool.
 */
export async function installTool(folder: string, options: InstallOptions): Promise<string> {
  const { uv, env, signal, requirements = LOCKED_REQUIREMENTS } = options
  const venv = join(folder, 'venv')
  const locked = join(folder, 'requirements.txt')
  const python =
    process.platform === 'win32' ? join(venv, 'Scripts', 'python.exe') : join(venv, 'bin', 'python')
  await writeFile(locked, requirements)
  const run = async (...args: readonly string[]) => {
    const result = await started(uv, () => runProgram(uv, args, { cwd: parse(folder).root, env, signal }))
    if (result.exitCode !== 0) throw new UserError(failureText(args, result))
  }
  await run('venv', '--quiet', '--no-project', '--python', PYTHONS, venv)
  await run(
    ...['pip', 'install', '--quiet', '--python', python],
    ...['--require-hashes', '--no-deps', '--no-build', '--requirements', locked],
  )
  return python
}

async function started(uv: string, run: () => Promise<ProgramResult>): Promise<ProgramResult> {
  try {
    return await run()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    const where = uv === 'uv' ? 'uv on PATH' : `uv, and ${uv} is not there`
    throw new UserError(
      `BUMP_ENGINE: engine bump-my-version needs ${where}; run the set-up action before this step, or set engine: native`,
    )
  }
}

function failureText(
  [first, second]: readonly string[],
  { exitCode, stdout, stderr }: ProgramResult,
): string {
  const command = first === 'pip' ? `uv pip ${second}` : `uv ${first}`
  return `BUMP_ENGINE: bump-my-version could not be installed (${command}, exit ${exitCode}); behind a mirror set UV_DEFAULT_INDEX for the job. uv's last words:\n${lastLines(stdout + stderr, 12)}`
}
