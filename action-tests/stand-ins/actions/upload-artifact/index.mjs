import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { artifactService, ServiceError } from '../../shared/artifact-service.mjs'
import { Failure, flag, info, input, oneOf, run, setOutput, warning } from '../../shared/runner.mjs'
import { findFiles } from './find-files.mjs'
import { zip } from './zip.mjs'

const FORBIDDEN_IN_NAMES = /["<>|*?\r\n\\/:]/

await run(async () => {
  const path = input('path')
  if (!path) throw new Failure('Input path is required and was not given.')
  const ifNone = oneOf('if-no-files-found', ['warn', 'error', 'ignore'])
  const { root, files } = findFiles(path.split('\n'), flag('include-hidden-files'))
  if (files.length === 0) return nothingFound(ifNone, path)
  info(
    `With the provided path, there will be ${files.length} ${files.length === 1 ? 'file' : 'files'} uploaded`,
  )

  const artifact = flag('archive') ? archiveOf(root, files) : singleFile(files)
  const id = await upload(artifact, flag('overwrite'))
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: runId } = process.env
  setOutput('artifact-id', id)
  setOutput('artifact-digest', sha256(artifact.content))
  setOutput('artifact-url', `${server}/${repository}/actions/runs/${runId}/artifacts/${id}`)
  info(`Artifact ${artifact.name} (ID ${id}, ${artifact.content.length} bytes) is uploaded`)
})

function nothingFound(ifNone, path) {
  const message = `No files were found with the provided path: ${path}. No artifacts will be uploaded.`
  if (ifNone === 'error') throw new Failure(message)
  if (ifNone === 'warn') warning(message)
  else info(message)
}

function archiveOf(root, files) {
  const level = Number(input('compression-level') || 6)
  if (!Number.isInteger(level) || level < 0 || level > 9)
    throw new Failure(
      `Input compression-level is "${input('compression-level')}"; give a whole number from 0 to 9.`,
    )
  const name = input('name')
  if (FORBIDDEN_IN_NAMES.test(name))
    throw new Failure(
      `The artifact name "${name}" has a character that is not allowed: " < > | * ? \\ / : or a new line.`,
    )
  return { name, type: 'application/zip', content: zip(root, files, level) }
}

function singleFile(files) {
  if (files.length > 1)
    throw new Failure(
      `When 'archive' is set to false, only a single file can be uploaded. Found ${files.length} files to upload.`,
    )
  return { name: basename(files[0]), type: 'application/octet-stream', content: readFileSync(files[0]) }
}

async function upload({ name, type, content }, overwrite) {
  const call = artifactService()
  if (overwrite) await remove(call, name)
  const days = Number(input('retention-days'))
  const { signed_upload_url: url } = await call('CreateArtifact', {
    name,
    version: 7,
    mime_type: type,
    ...(days > 0 ? { expires_at: new Date(Date.now() + days * 86_400_000).toISOString() } : {}),
  })
  const stored = await fetch(url, {
    method: 'PUT',
    headers: { 'x-ms-blob-type': 'BlockBlob', 'x-ms-blob-content-type': type, 'content-type': type },
    body: content,
  })
  if (!stored.ok) throw new Failure(`The upload of ${name} was refused (HTTP ${stored.status}).`)
  const hash = `sha256:${sha256(content)}`
  const { artifact_id: id } = await call('FinalizeArtifact', { name, size: String(content.length), hash })
  return id
}

async function remove(call, name) {
  try {
    await call('DeleteArtifact', { name })
  } catch (error) {
    // Nothing to overwrite is fine.
    if (!(error instanceof ServiceError && error.status === 404)) throw error
  }
}

function sha256(content) {
  return createHash('sha256').update(content).digest('hex')
}
