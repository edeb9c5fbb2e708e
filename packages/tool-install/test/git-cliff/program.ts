import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DEFAULT_GIT_CLIFF_VERSION, installGitCliff } from '@tokenledger/tool-install'

/** The real git-cliff, from npm's registry once per machine; its absolute path. */
export async function gitCliffProgram(): Promise<string> {
  const env = { ...process.env, RUNNER_TOOL_CACHE: join(tmpdir(), 'tokenledger-test-tools') }
  const { path } = await installGitCliff({ version: DEFAULT_GIT_CLIFF_VERSION, env })
  return path
}
