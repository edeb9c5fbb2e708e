import { exec, UserError } from '@tokenledger/kit'
import { ask, type PythonSearch } from './find-python.ts'

/** The interpreter that the environment stands on. */
export interface UsedPython {
  readonly path: string
  readonly version: string
  readonly freeThreaded: boolean
  readonly source: 'tool-cache' | 'system' | 'managed'
}

type Environment = Readonly<Record<string, string>>

/**
 * The Python that was found, or one from uv: installed before, else downloaded. Mirrors, offline mode and the like are
 * variables of uv and pass through. A UserError names all places that were looked at.
 */
export async function providePython(uv: string, search: PythonSearch, env: Environment): Promise<UsedPython> {
  if (search.kind === 'found') return search.python
  const { wanted, toolCacheHas } = search
  const variables = managedVariables(env)
  const installed = await exec(uv, ['python', 'install', wanted.text], { env: variables, show: 'live' })
  if (installed.exitCode !== 0) throw noPython(wanted.text, toolCacheHas, causeOf(installed.stderr))
  const found = await exec(uv, ['python', 'find', '--no-project', wanted.text], { env: variables })
  if (found.exitCode !== 0) throw noPython(wanted.text, toolCacheHas, causeOf(found.stderr))
  const path = found.stdout.trim()
  const answer = await ask(path)
  if (answer instanceof Error) throw noPython(wanted.text, toolCacheHas, answer.message)
  return { path, version: answer.version, freeThreaded: answer.freeThreaded, source: 'managed' }
}

/** Only the interpreter is wanted: no programs in the user's own directories and no entry in the registry. */
function managedVariables(env: Environment): Record<string, string> {
  return {
    ...env,
    UV_NO_PROGRESS: '1',
    UV_PYTHON_PREFERENCE: 'only-managed',
    UV_PYTHON_INSTALL_BIN: '0',
    UV_PYTHON_INSTALL_REGISTRY: '0',
  }
}

function noPython(wanted: string, toolCacheHas: readonly string[], cause: string): UserError {
  return new UserError(
    `No Python for "${wanted}": not in the tool cache (has ${toolCacheHas.join(', ') || 'none'}), not on PATH, ` +
      `and uv could not download it: ${cause}. ` +
      'On an offline runner set UV_PYTHON_INSTALL_MIRROR or pre-install it in RUNNER_TOOL_CACHE.',
  )
}

/** What uv said first and, where there is a chain of causes, its end: `Request failed after 3 retries: dns error`. */
export function causeOf(stderr: string): string {
  const lines = stderr.split(/\r?\n/).map(line => line.trim())
  const first = lines.find(line => line.startsWith('error:'))?.replace(/^error:\s*/, '')
  const last = lines.findLast(line => line.startsWith('Caused by:'))?.replace(/^Caused by:\s*/, '')
  const words = [first, last].filter(part => part !== undefined)
  return (words.length > 0 ? words.join(': ') : (lines.filter(Boolean).at(-1) ?? 'no message')).replace(
    /\.$/,
    '',
  )
}
