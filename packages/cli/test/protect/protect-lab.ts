import { cpSync } from 'node:fs'
import {
  bareClone,
  type GitHubApi,
  type GitRepo,
  gitRepo,
  type RepositorySettings,
  startGitHubApi,
} from '@tokenledger/testkit'
import { protect } from '../../src/protect/command.ts'

export const repository = 'acme/consumer'
const EXAMPLE = new URL('../../../../examples/tokenledger/.github', import.meta.url).pathname

/** A checkout with the workflows of the example, and its repository on the stand-in. */
export interface ProtectLab {
  readonly github: GitHubApi
  readonly checkout: GitRepo
  readonly env: NodeJS.ProcessEnv
  /** Runs the command; a UserError comes out as it is thrown. */
  run(...args: string[]): Promise<{ code: number; printed: string; said: string }>
  /** Every request that is no read, by method and path. */
  writes(): string[]
}

export async function protectLab(settings: Partial<RepositorySettings> = {}): Promise<ProtectLab> {
  const checkout = gitRepo({ 'README.md': '# one\n' })
  cpSync(EXAMPLE, `${checkout.path}/.github`, { recursive: true })
  const github = await startGitHubApi({ repository, git: bareClone(checkout), settings })
  checkout.git('remote', 'add', 'origin', `git@github.com:${repository}.git`)
  const env = { GITHUB_API_URL: github.url, GITHUB_TOKEN: 'of-an-administrator' }
  return {
    github,
    checkout,
    env,
    async run(...args) {
      const printed: string[] = []
      const said: string[] = []
      const code = await protect.run(args, {
        print: text => printed.push(text),
        say: text => said.push(text),
        ask: async () => false,
        cwd: checkout.path,
        env,
      })
      return { code, printed: printed.join('\n'), said: said.join('\n') }
    },
    writes: () =>
      github.requests.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`),
  }
}
