import { type Incoming, json, type Reply } from '../loopback/server.ts'
import { deactivated } from './faults.ts'
import { commitErrors, type FieldErrors, reportErrors, uploadErrors } from './serializers.ts'
import { signIn } from './sign-in.ts'
import type { Storage } from './storage.ts'
import {
  type CodecovCommit,
  type CodecovUpload,
  type CodecovWorld,
  encodedSlug,
  recordCommit,
  recordUpload,
  SERVICES,
  type SignedInBy,
} from './world.ts'

const PATH = /^\/upload\/([\w-]+)\/([^/]+)\/(.+)$/

type Body = Readonly<Record<string, unknown>>

/** A request that was let in. */
interface Call {
  readonly world: CodecovWorld
  readonly storage: Storage
  readonly body: Body
  readonly signedInBy: SignedInBy
  /** Of the path, when it names one. */
  readonly sha: string
}

type Handler = (call: Call) => Reply

/** POST only; the first pattern that fits the rest of the path wins. `group 1` is the SHA. */
const HANDLERS: readonly (readonly [RegExp, Handler, 'no-tokenless'?])[] = [
  [/^upload-coverage$/, uploadCoverage],
  [/^commits$/, createCommit],
  [/^commits\/([^/]+)\/reports$/, createReport],
  [/^commits\/([^/]+)\/reports\/default\/uploads$/, createUpload],
  [
    /^commits\/([^/]+)\/reports\/[^/]+\/uploads$/,
    () => json(400, ['Non-default `report_code` has been deprecated']),
  ],
  [/^commits\/([^/]+)\/upload-complete$/, uploadComplete],
  [/^commits\/([^/]+)\/empty-upload$/, emptyUpload, 'no-tokenless'],
]

/** The upload part of Codecov's API: `/upload/{service}/{owner}::::{repo}/…`. */
export async function route(world: CodecovWorld, storage: Storage, incoming: Incoming): Promise<Reply> {
  const [, service = '', encoded = '', rest = ''] = PATH.exec(incoming.path) ?? []
  const found = HANDLERS.find(([pattern]) => pattern.test(rest))
  if (!found) return json(404, { detail: 'Not found.' })
  if (incoming.method !== 'POST') return json(405, { detail: `Method "${incoming.method}" not allowed.` })
  const [pattern, handle, tokenless] = found
  const body = await bodyOf(incoming)
  if (!body) return json(400, { detail: 'JSON parse error' })
  const sha = pattern.exec(rest)?.[1] ?? ''
  const branch = sha ? world.commits.get(sha)?.branch : body.branch
  const slug = encoded === encodedSlug(world.settings.slug) ? world.settings.slug : encoded
  const request = { service, slug, branch: textOrNull(branch), allowsTokenless: tokenless !== 'no-tokenless' }
  const signedInBy = signIn(world, request, incoming)
  if (typeof signedInBy === 'object') return signedInBy
  const refusal = refusedRepository(world, service, slug)
  if (refusal) return json(400, [refusal])
  if (sha && !world.commits.has(sha)) return json(400, ['Commit SHA not found'])
  return handle({ world, storage, body, signedInBy, sha })
}

async function bodyOf(incoming: Incoming): Promise<Body | undefined> {
  try {
    const body = JSON.parse((await incoming.text()) || '{}')
    return typeof body === 'object' && body !== null ? body : undefined
  } catch {
    return undefined
  }
}

function refusedRepository({ settings }: CodecovWorld, service: string, slug: string): string | undefined {
  if (!(SERVICES as readonly string[]).includes(service)) return `Service not found: ${service}`
  if (service !== settings.service || slug !== settings.slug) return 'Repository not found'
  return settings.isDeactivated ? deactivated() : undefined
}

function uploadCoverage({ world, storage, body, signedInBy }: Call): Reply {
  // Upload fields are looked at last, when the commit has been made already.
  const first = commitErrors(body)
  if (first) return invalid(first)
  const commit = recordCommit(world, commitOf(body))
  const second = reportErrors(body)
  if (second) return invalid(second)
  commit.hasReport = true
  const third = uploadErrors(body, 'null')
  if (third) return invalid(third)
  const upload = recordUpload(world, commit.sha, body, signedInBy)
  return json(201, {
    ...created(upload),
    raw_upload_location: storage.presigned(upload),
    url: commitUrl(world, commit.sha),
  })
}

function createCommit({ world, body }: Call): Reply {
  const errors = commitErrors(body)
  if (errors) return invalid(errors)
  return json(201, describe(world, recordCommit(world, commitOf(body))))
}

function createReport({ world, body, sha }: Call): Reply {
  const errors = reportErrors(body)
  if (errors) return invalid(errors)
  const commit = world.commits.get(sha)
  if (commit) commit.hasReport = true
  return json(201, { external_id: sha, created_at: now(), commit_sha: sha, code: null })
}

function createUpload({ world, storage, body, signedInBy, sha }: Call): Reply {
  if (!world.commits.get(sha)?.hasReport) return json(400, ['Report not found'])
  const errors = uploadErrors(body, 'skipped')
  if (errors) return invalid(errors)
  const upload = recordUpload(world, sha, body, signedInBy)
  return json(201, {
    ...created(upload),
    raw_upload_location: storage.presigned(upload),
    state: '',
    provider: textOrNull(body.ci_service),
    upload_type: 'uploaded',
    url: commitUrl(world, sha),
    ci_url: upload.ciUrl,
    flags: upload.flags,
    env: body.env ?? null,
    name: upload.name,
    job_code: upload.jobCode,
  })
}

function uploadComplete({ world, sha }: Call): Reply {
  const uploads = world.uploads.filter(({ commit }) => commit === sha)
  const processed = uploads.filter(({ payload }) => payload).length
  const counts = {
    uploads_total: uploads.length,
    uploads_success: processed,
    uploads_processing: uploads.length - processed,
    uploads_error: 0,
  }
  return json(uploads.length > 0 ? 200 : 404, counts)
}

function emptyUpload(): Reply {
  return json(200, {
    result: 'All changed files are ignored. Triggering passing notifications.',
    non_ignored_files: [],
  })
}

function describe({ settings }: CodecovWorld, { sha, branch, pull }: CodecovCommit): object {
  return {
    message: null,
    timestamp: now(),
    ci_passed: null,
    state: null,
    // The real answer shows the repository's settings with its upload token; a client has to keep it out of its log.
    repository: {
      name: settings.slug.split('/').at(-1),
      is_private: settings.isPrivate,
      active: true,
      language: 'python',
      yaml: { codecov: { token: settings.tokens.repository } },
    },
    author: null,
    commitid: sha,
    parent_commit_id: null,
    pullid: pull === null ? null : Number(pull),
    branch,
  }
}

function commitOf(body: Body): { sha: string; branch: string | null; pull: string | null } {
  const pull = body.pullid === null || body.pullid === undefined ? null : String(body.pullid)
  return { sha: String(body.commitid), branch: textOrNull(body.branch), pull }
}

function created({ id }: CodecovUpload): { external_id: string; created_at: string } {
  return { external_id: id, created_at: now() }
}

function commitUrl({ settings: { service, slug } }: CodecovWorld, sha: string): string {
  return `https://app.codecov.io/${service}/${slug}/commit/${sha}`
}

const invalid = (errors: FieldErrors): Reply => json(400, errors)
const now = (): string => new Date().toISOString()
const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null)
