import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { Failure, input } from '../../shared/runner.mjs'

const MOST = 1024
const ALGORITHMS = { 64: 'sha256', 128: 'sha512' }

/** What is attested, as in-toto has it: names with their digests, each once. */
export function subjects(workspace) {
  const given = ['subject-path', 'subject-digest', 'subject-checksums'].filter(name => input(name))
  if (given.length !== 1)
    throw new Failure(
      `Give one of subject-path, subject-digest, subject-checksums; given: ${given.join(', ') || 'none'}.`,
    )
  const found = { 'subject-path': files, 'subject-digest': digest, 'subject-checksums': checksums }[given[0]](
    workspace,
  )
  const once = [...new Map(found.map(subject => [JSON.stringify(subject), subject])).values()]
  if (once.length === 0) throw new Failure(`${given[0]} "${input(given[0])}" names nothing to attest.`)
  if (once.length > MOST)
    throw new Failure(`${once.length} subjects are too many; an attestation takes ${MOST}.`)
  return once
}

function files(workspace) {
  const patterns = input('subject-path')
    .split(/[\n,]/)
    .map(part => part.trim())
    .filter(Boolean)
  return globSync(patterns, { cwd: workspace })
    .map(path => resolve(workspace, path))
    .filter(path => statSync(path).isFile())
    .sort()
    .map(path => ({
      name: input('subject-name') || basename(path),
      digest: { sha256: createHash('sha256').update(readFileSync(path)).digest('hex') },
    }))
}

function digest() {
  const name = input('subject-name')
  if (!name) throw new Failure('subject-digest needs a subject-name.')
  const [, hex] = /^sha256:([0-9a-f]{64})$/i.exec(input('subject-digest')) ?? []
  if (!hex)
    throw new Failure(`subject-digest is "${input('subject-digest')}"; expected sha256:<64 hex digits>.`)
  return [{ name, digest: { sha256: hex } }]
}

function checksums(workspace) {
  const path = resolve(workspace, input('subject-checksums'))
  const text = existsSync(path) ? readFileSync(path, 'utf8') : input('subject-checksums')
  return text.split(/\r?\n/).flatMap(line => {
    const [, hex, name] = /^(\S+) [ *]?(.+)$/.exec(line) ?? []
    if (!hex) return []
    const algorithm = /^[0-9a-f]+$/i.test(hex) ? ALGORITHMS[hex.length] : undefined
    if (!algorithm) throw new Failure(`subject-checksums: "${hex}" is no digest of SHA-256 or SHA-512.`)
    return [{ name, digest: { [algorithm]: hex } }]
  })
}
