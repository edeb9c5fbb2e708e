import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const COMMAND_FILES = ['OUTPUT', 'ENV', 'PATH', 'STEP_SUMMARY', 'STATE'] as const

export interface JobFolders {
  readonly workspace: string
  readonly toolCache: string
  /** Where everything else of the run lives. */
  readonly scratch: string
}

/** The variables of a push to main on a hosted runner, and nothing of this computer but PATH. */
export function jobEnvironment({ workspace, toolCache, scratch }: JobFolders): Record<string, string> {
  const temp = join(scratch, 'temp')
  const home = join(scratch, 'home')
  for (const folder of [temp, home]) mkdirSync(folder, { recursive: true })
  const event = join(scratch, 'event.json')
  writeFileSync(event, '{}')
  return {
    // The Node that runs the bundle comes first, as in the runner's own PATH.
    PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ''}`,
    HOME: home,
    TMPDIR: temp,
    LANG: 'C.UTF-8',
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTOR: 'octocat',
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_EVENT_NAME: 'push',
    GITHUB_EVENT_PATH: event,
    GITHUB_JOB: 'test',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_REF_NAME: 'main',
    GITHUB_REF_TYPE: 'branch',
    GITHUB_REPOSITORY: 'acme/consumer',
    GITHUB_REPOSITORY_OWNER: 'acme',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '1',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_SHA: '0'.repeat(40),
    GITHUB_WORKFLOW: 'ci',
    GITHUB_WORKSPACE: workspace,
    RUNNER_ARCH: process.arch === 'arm64' ? 'ARM64' : 'X64',
    RUNNER_ENVIRONMENT: 'github-hosted',
    RUNNER_OS: { darwin: 'macOS', win32: 'Windows' }[process.platform as string] ?? 'Linux',
    RUNNER_TEMP: temp,
    RUNNER_TOOL_CACHE: toolCache,
    ...commandFiles(scratch),
  }
}

function commandFiles(scratch: string): Record<string, string> {
  return Object.fromEntries(
    COMMAND_FILES.map(name => {
      const file = join(scratch, name.toLowerCase())
      writeFileSync(file, '')
      return [`GITHUB_${name}`, file]
    }),
  )
}

/** What the action wrote into one of its command files. */
export function commandFile(scratch: string, name: (typeof COMMAND_FILES)[number]): string {
  return readFileSync(join(scratch, name.toLowerCase()), 'utf8')
}
