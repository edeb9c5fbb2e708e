import { execFile } from 'node:child_process'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { tempDir } from '@tokenledger/testkit'
import { pythonWith } from '../../../../packages/migrations/test/alembic/python-environment.ts'
import type { Scenario } from './scenarios.ts'

export const CLI_VERSION = '11.3.1'

/**
 * Uploads coverage.xml of the scenario's checkout with the official command, as codecov-action calls it: the branch of a fork
 * is its label. Its telemetry is off, and a proxy that leads nowhere keeps everything but loopback from being reached.
 */
export async function runOfficialCli(
  scenario: Scenario,
  url: string,
  token: string | undefined,
): Promise<void> {
  const python = pythonWith(`codecov-cli==${CLI_VERSION}`)
  const label = scenario.event.pull_request?.head.label
  const isFork = scenario.secret === 'none'
  const args = [
    ['--url', url, '--disable-telem', 'upload-coverage', '--fail-on-error'],
    ['--disable-search', '--file', 'coverage.xml', '--git-service', 'github'],
    isFork && label ? ['--branch', label] : [],
    token ? ['--token', token] : [],
    scenario.flags.flatMap(flag => ['--flag', flag]),
  ].flat()
  const env = {
    ...scenario.env,
    PATH: process.env.PATH ?? '',
    HOME: tempDir('home-'),
    LANG: 'C.UTF-8',
    CODECOV_ENV: 'test',
    ...Object.fromEntries(['HTTP_PROXY', 'HTTPS_PROXY'].map(name => [name, 'http://127.0.0.1:9'])),
    NO_PROXY: '127.0.0.1',
  }
  await promisify(execFile)(join(dirname(python), 'codecovcli'), args, { cwd: scenario.repo.path, env })
}
