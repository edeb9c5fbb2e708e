import type { Blob, BlobStore } from './blob-store.ts'
import { type Fields, need, TwirpError, type TwirpMethod, uploadedSize } from './twirp.ts'

export interface Artifact {
  readonly id: number
  /** Backend id of the workflow run. */
  readonly run: string
  readonly job: string
  readonly name: string
  /** `reserved` until it is finalized; only then it is listed and can be downloaded. */
  state: 'reserved' | 'uploaded' | 'deleted'
  size: number
  /** `sha256:<hex>` as the client sent it. */
  digest: string
  readonly createdAt: string
  /** Path of the content: a zip archive, or the raw file. */
  readonly file: string
}

interface StoredArtifact extends Artifact {
  readonly blob: Blob
}

export interface ArtifactServiceOptions {
  readonly blobs: BlobStore
  readonly signedUrl: (blob: Blob, access: 'read' | 'write') => string
}

/** GitHub's ArtifactService v4: names are unique in a run, and an artifact is visible once finalized. */
export function artifactService({ blobs, signedUrl }: ArtifactServiceOptions) {
  const artifacts: StoredArtifact[] = []

  const named = (fields: Fields, state: Artifact['state']) => {
    const [run, name] = [need(fields, 'workflow_run_backend_id'), need(fields, 'name')]
    const found = artifacts.find(a => a.run === run && a.name === name && a.state === state)
    if (!found) throw new TwirpError(404, 'not_found', `artifact not found: ${name}`)
    return found
  }

  const CreateArtifact: TwirpMethod = fields => {
    const run = need(fields, 'workflow_run_backend_id')
    const job = need(fields, 'workflow_job_run_backend_id')
    const name = need(fields, 'name')
    if (artifacts.some(a => a.run === run && a.name === name && a.state !== 'deleted')) {
      const reason = 'an artifact with this name already exists on the workflow run'
      throw new TwirpError(409, 'already_exists', reason)
    }
    const type = (fields.mime_type as string | undefined) ?? 'application/zip'
    const blob = blobs.create(type === 'application/zip' ? `${name}.zip` : name)
    blob.contentType = type
    const createdAt = new Date().toISOString()
    const id = artifacts.length + 1
    artifacts.push({
      id,
      run,
      job,
      name,
      state: 'reserved',
      size: 0,
      digest: '',
      createdAt,
      file: blob.file,
      blob,
    })
    return { ok: true, signed_upload_url: signedUrl(blob, 'write') }
  }

  const FinalizeArtifact: TwirpMethod = fields => {
    const artifact = named(fields, 'reserved')
    artifact.size = uploadedSize(blobs, artifact.blob, need(fields, 'size'))
    artifact.state = 'uploaded'
    artifact.digest = String(fields.hash ?? '')
    return { ok: true, artifact_id: `${artifact.id}` }
  }

  const ListArtifacts: TwirpMethod = fields => {
    const run = need(fields, 'workflow_run_backend_id')
    const { name_filter: name, id_filter: id } = fields
    const listed = artifacts.filter(
      artifact =>
        artifact.state === 'uploaded' &&
        artifact.run === run &&
        (name === undefined || name === artifact.name) &&
        (id === undefined || String(id) === `${artifact.id}`),
    )
    return { artifacts: listed.map(asMessage) }
  }

  const GetSignedArtifactURL: TwirpMethod = fields => ({
    signed_url: signedUrl(named(fields, 'uploaded').blob, 'read'),
  })

  const DeleteArtifact: TwirpMethod = fields => {
    const artifact = named(fields, 'uploaded')
    artifact.state = 'deleted'
    return { ok: true, artifact_id: `${artifact.id}` }
  }

  return {
    artifacts,
    methods: { CreateArtifact, FinalizeArtifact, ListArtifacts, GetSignedArtifactURL, DeleteArtifact },
  }
}

function asMessage({ run, job, id, name, size, createdAt, digest }: Artifact): object {
  return {
    workflow_run_backend_id: run,
    workflow_job_run_backend_id: job,
    database_id: `${id}`,
    name,
    size: `${size}`,
    created_at: createdAt,
    digest,
  }
}
