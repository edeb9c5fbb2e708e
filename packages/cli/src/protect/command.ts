import { defaultBranch, type GitHubClient, githubClient } from '@tokenledger/github'
import { UserError } from '@tokenledger/kit'
import type { Command, Terminal } from '../command.ts'
import { applyPlan } from './apply.ts'
import { originOf, rememberedBranch } from './git-remote.ts'
import { readLive } from './live.ts'
import { type ProtectOptions, readOptions, USAGE } from './options.ts'
import { differences, type Plan, planOf } from './plan.ts'
import { checkLines, jsonReport, type Report, textReport } from './report.ts'
import { writeRulesets } from './ruleset-files.ts'
import { type Wish, wishFor } from './wish.ts'

export const protect: Command = {
  summary: 'Protects the default branch, the tags of releases and the releases of a repository',
  usage: USAGE,
  async run(args, terminal) {
    const options = readOptions(args)
    if (options.write && !options.apply) return writeOnly(options, terminal)
    const { client, repository } = await connect(options, terminal)
    const wish = wishFor(terminal.cwd, await defaultBranch(client, repository), options)
    const plan = await currentPlan(client, repository, wish)
    const show = (report: Report) =>
      terminal.print(options.format === 'json' ? jsonReport(report) : textReport(report))
    if (options.write) tellWritten(wish, terminal)
    if (!options.apply) {
      show({ repository, plan, checks: wish.checks, applied: false })
      return differences(plan) === 0 ? 0 : 1
    }
    await applyPlan(client, repository, { plan, wish }, title => terminal.say(`${title}: done`))
    show({ repository, plan, checks: wish.checks, applied: true })
    return remaining(await currentPlan(client, repository, wish), terminal)
  },
}

async function currentPlan(client: GitHubClient, repository: string, wish: Wish): Promise<Plan> {
  const names = wish.rulesets.map(({ name }) => name)
  return planOf(wish, await readLive(client, repository, names))
}

/** Looks whether GitHub keeps what it was sent. */
function remaining(plan: Plan, { say }: Terminal): number {
  const count = differences(plan)
  if (count > 0)
    say(
      `GitHub keeps ${count} of these settings otherwise than they were sent; run protect again to see them.`,
    )
  return count === 0 ? 0 : 1
}

async function writeOnly(options: ProtectOptions, terminal: Terminal): Promise<number> {
  const wish = wishFor(terminal.cwd, await rememberedBranch(terminal.cwd), options)
  tellWritten(wish, terminal)
  for (const line of checkLines(wish.checks)) terminal.say(line)
  return 0
}

function tellWritten({ rulesets }: Wish, { cwd, say }: Terminal): void {
  for (const { path, kind } of writeRulesets(cwd, rulesets)) say(`${kind.padEnd(7)} ${path}`)
}

async function connect(
  { repository, tokenEnv }: ProtectOptions,
  { cwd, env, say }: Terminal,
): Promise<{ client: GitHubClient; repository: string }> {
  const remote = repository ? { host: 'github.com', repository } : await originOf(cwd)
  if (repository) await tellOther(repository, cwd, say)
  const token = env[tokenEnv]
  if (!token) {
    throw new UserError(
      `PROTECT_NO_TOKEN: ${tokenEnv} is empty: set it to a fine-grained personal access token of an administrator of ${remote.repository} with "Administration: read and write", name another variable by --token-env, or write files to import by hand with --write`,
    )
  }
  const server = remote.host === 'github.com' ? 'https://api.github.com' : `https://${remote.host}/api/v3`
  const client = githubClient({ token, apiUrl: env.GITHUB_API_URL || server, errorPrefix: 'PROTECT' })
  return { client, repository: remote.repository }
}

/** Checks that are required of a repository which has no such jobs would block it for ever. */
async function tellOther(repository: string, cwd: string, say: Terminal['say']): Promise<void> {
  const here = await originOf(cwd).catch(() => undefined)
  if (here && here.repository.toLowerCase() !== repository.toLowerCase())
    say(
      `The checks and the owners of code are those of this folder, a checkout of ${here.repository} and not of ${repository}.`,
    )
}
