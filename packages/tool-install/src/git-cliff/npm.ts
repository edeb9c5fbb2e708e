import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Executed, exec, lastLines } from '@tokenledger/kit'
import { type Endpoint, parseEndpoint } from '../endpoint.ts'
import { SourceFailure } from '../failures.ts'

/**
 * The registry that npm is set to use: its variable in any case of letters, as npm takes it, else what npm on PATH says, which
 * reads every .npmrc. Throws SourceFailure when neither tells.
 */
export async function npmRegistry(env: NodeJS.ProcessEnv): Promise<Endpoint> {
  const name = Object.keys(env).find(key => key.toLowerCase() === 'npm_config_registry' && env[key])
  const address = name ? env[name] : (await npm(['config', 'get', 'registry'], env)).stdout.trim()
  const endpoint = parseEndpoint(address ?? '')
  if (!endpoint) throw new SourceFailure('npm names no registry with an HTTP address')
  return endpoint
}

/** The tarball by npm itself, which knows the credentials, proxies and certificates in its settings. */
export async function packByNpm(spec: string, directory: string, env: NodeJS.ProcessEnv): Promise<Buffer> {
  const options = [
    '--ignore-scripts',
    '--fetch-retries',
    '1',
    '--fetch-timeout',
    '10000',
    '--loglevel',
    'error',
  ]
  await npm(['pack', spec, '--pack-destination', directory, ...options], env)
  const tarball = (await readdir(directory)).find(file => file.endsWith('.tgz'))
  if (!tarball) throw new SourceFailure('npm left no tarball')
  return readFile(join(directory, tarball))
}

async function npm(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Executed> {
  const executed = await exec('npm', args, { env: defined(env) }).catch(() => {
    throw new SourceFailure('npm is not on PATH')
  })
  if (executed.exitCode !== 0) throw new SourceFailure(`npm: ${lastError(executed.stderr)}`)
  return executed
}

/** The first line of npm's error that says something: after it come notes on its log; else the last line of whatever failed. */
function lastError(stderr: string): string {
  const lines = [...stderr.matchAll(/^npm (?:error|ERR!) (.+)$/gm)].map(([, line = '']) => line)
  const said = lines.find(line => !line.startsWith('code ')) ?? lines[0] ?? lastLines(stderr, 1)
  return said.replace(/\w+:\/\/\S+/g, '(URL)').slice(0, 160) || 'no message'
}

function defined(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
