import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, dirname, join, matchesGlob, resolve } from 'node:path'
import { artifactService } from '../../shared/artifact-service.mjs'
import { Failure, flag, info, input, notice, oneOf, run, setOutput, warning } from '../../shared/runner.mjs'
import { unzip } from './unzip.mjs'

await run(async () => {
  const onMismatch = oneOf('digest-mismatch', ['error', 'warn', 'info', 'ignore'])
  const target = resolve(
    (input('path') || process.env.GITHUB_WORKSPACE || '.').replace(/^~(?=\/|$)/, homedir()),
  )
  const isOtherRun = input('run-id') && input('run-id') !== process.env.GITHUB_RUN_ID
  const isOtherRepository = input('repository') && input('repository') !== process.env.GITHUB_REPOSITORY
  if (input('github-token') && (isOtherRun || isOtherRepository))
    notice('A run without GitHub has its own artifacts only; run-id and repository are left out of account.')

  const call = artifactService()
  const artifacts = await chosen(call)
  const apart = !input('name') && !flag('merge-multiple') && artifacts.length > 1
  const damaged = []
  for (const artifact of artifacts) {
    const isWhole = await download(call, artifact, apart ? join(target, artifact.name) : target)
    if (!isWhole) damaged.push(artifact.name)
  }
  report(damaged, onMismatch)
  info(`Total of ${artifacts.length} artifact(s) downloaded`)
  setOutput('download-path', target)
})

async function chosen(call) {
  const [name, ids, pattern] = [input('name'), input('artifact-ids'), input('pattern')]
  if (name && ids)
    throw new Failure("Inputs 'name' and 'artifact-ids' cannot be used together. Please specify only one.")
  const all = latestOfEach((await call('ListArtifacts', name ? { name_filter: name } : {})).artifacts ?? [])
  if (name) {
    if (all.length === 0) throw new Failure(`Unable to download artifact(s): Artifact '${name}' not found`)
    return all
  }
  if (ids)
    return byIds(
      all,
      ids
        .split(',')
        .map(id => id.trim())
        .filter(Boolean),
    )
  return pattern ? all.filter(artifact => matchesGlob(artifact.name, pattern)) : all
}

/** A name can have been uploaded again with `overwrite`; the highest id is the newest. */
function latestOfEach(artifacts) {
  const byAge = [...artifacts].sort((a, b) => Number(a.database_id) - Number(b.database_id))
  return [...new Map(byAge.map(artifact => [artifact.name, artifact])).values()]
}

function byIds(all, ids) {
  const wrong = ids.find(id => !/^\d+$/.test(id))
  if (wrong) throw new Failure(`Invalid artifact ID: '${wrong}'. Must be a number.`)
  const found = all.filter(artifact => ids.includes(String(artifact.database_id)))
  if (found.length === 0) throw new Failure('None of the provided artifact IDs were found')
  const missing = ids.filter(id => !found.some(artifact => String(artifact.database_id) === id))
  if (missing.length > 0) warning(`Could not find the following artifact IDs: ${missing.join(', ')}`)
  return found
}

/** Writes one artifact to `folder`; false when its digest is not the one that the service knows. */
async function download(call, { name, digest }, folder) {
  const { signed_url: url } = await call('GetSignedArtifactURL', { name })
  const response = await fetch(url)
  if (!response.ok) throw new Failure(`The download of ${name} was refused (HTTP ${response.status}).`)
  const content = Buffer.from(await response.arrayBuffer())
  const isZip = /zip/.test(response.headers.get('content-type') ?? '')
  mkdirSync(folder, { recursive: true })
  if (!isZip) writeFileSync(join(folder, basename(name)), content)
  else if (flag('skip-decompress')) writeFileSync(join(folder, `${basename(name)}.zip`), content)
  else for (const entry of unzip(content)) writeBelow(folder, entry)
  info(`Artifact ${name} (${content.length} bytes) is in ${folder}`)
  return !digest || digest === `sha256:${createHash('sha256').update(content).digest('hex')}`
}

function writeBelow(folder, { path, content }) {
  const file = resolve(folder, path)
  if (!file.startsWith(join(folder, '/')))
    throw new Failure(`The archive has a path that leads out of it: ${path}`)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
}

function report(damaged, onMismatch) {
  if (damaged.length === 0 || onMismatch === 'ignore') return
  const message = `Digest validation failed for artifact(s): ${damaged.join(', ')}.`
  if (onMismatch === 'error')
    throw new Failure(`${message} Use 'digest-mismatch: warn' to continue on mismatch.`)
  if (onMismatch === 'warn') warning(message)
  else info(message)
}
