import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import { type Codecov, type RecordedRequest, startCodecov } from '@tokenledger/testkit'
import { credentialsFor, decideCredentials, hasOidc } from '../../src/codecov/credentials.ts'
import { identityOf } from '../../src/codecov/identity.ts'
import { uploadToCodecov } from '../../src/codecov/upload.ts'
import { type GithubOidc, startGithubOidc } from './github-oidc.ts'
import { runOfficialCli } from './official-cli.ts'
import { REPORT, type Scenario } from './scenarios.ts'

/** A request without what differs from run to run: addresses, SHAs, folders, tokens, packed bytes. */
export interface Recorded {
  readonly method: string
  readonly path: string
  /** Names, sorted. */
  readonly headers: readonly string[]
  /** How it signed in: the keyword and what kind of token; null for none. */
  readonly authorization: string | null
  readonly body: Readonly<Record<string, unknown>>
}

export type Uploader = (scenario: Scenario, codecov: Codecov, oidc: GithubOidc) => Promise<void>

/** Runs an uploader against a new stand-in and returns what it sent. */
export async function record(newScenario: () => Scenario, upload: Uploader): Promise<Recorded[]> {
  const scenario = newScenario()
  writeFileSync(join(scenario.repo.path, 'coverage.xml'), REPORT)
  const [codecov, oidc] = [await startCodecov(), await startGithubOidc()]
  try {
    await upload(scenario, codecov, oidc)
    return codecov.requests.map(request => plain(request, codecov, scenario))
  } finally {
    await codecov.close()
    await oidc.close()
  }
}

export const officialCli: Uploader = async (scenario, codecov, oidc) => {
  const env = scenario.secret === 'oidc' ? oidc.env : {}
  const token = { token: codecov.tokens.repository, oidc: await oidcFor(env), none: undefined }[
    scenario.secret
  ]
  await runOfficialCli(scenario, codecov.url, token)
}

/** codecov-action fetches the token itself and hands it to the command. */
async function oidcFor(env: Readonly<Record<string, string>>): Promise<string | undefined> {
  if (!hasOidc(env)) return undefined
  const answer = await fetch(`${env.ACTIONS_ID_TOKEN_REQUEST_URL}&audience=https://codecov.io`, {
    headers: { authorization: `Bearer ${env.ACTIONS_ID_TOKEN_REQUEST_TOKEN}` },
  })
  return ((await answer.json()) as { value: string }).value
}

export const ourClient: Uploader = async (scenario, codecov, oidc) => {
  const identity = identityOf(scenario.env, scenario.event)
  const env = scenario.secret === 'oidc' ? oidc.env : {}
  const token = scenario.secret === 'token' ? codecov.tokens.repository : ''
  const facts = {
    ...identity,
    hasToken: token !== '',
    oidcAvailable: hasOidc(env),
    oidcInput: 'auto',
  } as const
  const outcome = await uploadToCodecov({
    identity,
    reports: [{ path: 'coverage.xml', absolute: join(scenario.repo.path, 'coverage.xml') }],
    network: tracked(scenario.repo.path),
    credentials: credentialsFor(decideCredentials(facts), { token, audience: 'https://codecov.io', env }),
    url: codecov.url,
    flags: scenario.flags,
    budgetMs: 20_000,
    signal: new AbortController().signal,
    say: () => undefined,
  })
  if (outcome.kind !== 'uploaded') throw new Error(`not uploaded: ${JSON.stringify(outcome)}`)
}

function tracked(folder: string): string[] {
  const listed = execFileSync('git', ['ls-files', '-z'], { cwd: folder, encoding: 'utf8' })
  return listed.split('\0').filter(Boolean)
}

function plain(
  { method, path, headers, body }: RecordedRequest,
  codecov: Codecov,
  scenario: Scenario,
): Recorded {
  const text = JSON.stringify(body)
    .replaceAll(scenario.repo.path, '<workspace>')
    .replaceAll(scenario.head, '<head sha>')
    .replaceAll(codecov.url, '<codecov>')
  return {
    method,
    path: path.replace(/^\/storage\/.+/, '/storage/<id>'),
    headers: Object.keys(headers).sort(),
    authorization: kindOf(headers.authorization, codecov),
    body: method === 'PUT' ? unpacked(JSON.parse(text)) : counted(JSON.parse(text), codecov),
  }
}

function kindOf(authorization: string | undefined, { tokens }: Codecov): string | null {
  if (authorization === undefined) return null
  const [keyword, token] = authorization.split(' ')
  return `${keyword} <${token === tokens.repository ? 'repository token' : 'OIDC token'}>`
}

/** The packed bytes depend on the zlib that made them; what they hold does not. */
function unpacked(payload: { coverage_files: { data: string }[] }): Record<string, unknown> {
  const files = payload.coverage_files.map(file => ({
    ...file,
    data: inflateSync(Buffer.from(file.data, 'base64')).toString('utf8'),
  }))
  return { ...payload, coverage_files: files }
}

function counted(body: Record<string, unknown>, { requests }: Codecov): Record<string, unknown> {
  const sent = requests.find(({ method }) => method === 'PUT')?.headers['content-length']
  const isRight = String(body.report_payload_bytes) === sent
  return { ...body, report_payload_bytes: isRight ? '<bytes of the PUT>' : body.report_payload_bytes }
}
