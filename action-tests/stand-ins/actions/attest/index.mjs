import { appendFileSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { identityToken } from '../../shared/identity.mjs'
import { Failure, flag, info, input, run, setOutput } from '../../shared/runner.mjs'
import { predicate } from './predicate.mjs'
import { subjects } from './subjects.mjs'

await run(async () => {
  // Whoever signs is known by it, so the real action asks for it before anything else.
  const token = await identityToken('sigstore')
  const attested = subjects(process.env.GITHUB_WORKSPACE ?? process.cwd())
  const bundle = bundleOf({ subject: attested, ...statementOf(predicate()) }, token)
  const id = await store(bundle)
  writeOutputs(bundle, id)
  for (const { name, digest } of attested) info(`Attested ${name} ${Object.entries(digest).flat().join(':')}`)
})

function statementOf({ type, params }) {
  return { _type: 'https://in-toto.io/Statement/v1', predicateType: type, predicate: params }
}

/** A Sigstore bundle in its form; without Sigstore there is no certificate and no signature that anybody could check. */
function bundleOf(statement, token) {
  return {
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial: {
      certificate: { rawBytes: Buffer.from(token.split('.')[1], 'base64url').toString('base64') },
      tlogEntries: [],
      timestampVerificationData: { rfc3161Timestamps: [] },
    },
    dsseEnvelope: {
      payload: Buffer.from(JSON.stringify(statement)).toString('base64'),
      payloadType: 'application/vnd.in-toto+json',
      signatures: [{ sig: Buffer.from('a stand-in signs nothing').toString('base64') }],
    },
  }
}

async function store(bundle) {
  const { GITHUB_API_URL: api, GITHUB_REPOSITORY: repository } = process.env
  const response = await fetch(`${api}/repos/${repository}/attestations`, {
    method: 'POST',
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${input('github-token')}`,
      'content-type': 'application/json',
      'user-agent': 'stand-in',
    },
    body: JSON.stringify({ bundle }),
  })
  const answer = await response.json().catch(() => ({}))
  if (response.ok) return String(answer.id)
  throw new Failure(
    `The attestation was not stored: ${answer.message ?? 'no reason given'} (HTTP ${response.status}). The job needs "permissions: attestations: write".`,
  )
}

function writeOutputs(bundle, id) {
  const {
    RUNNER_TEMP: temp,
    GITHUB_SERVER_URL: server,
    GITHUB_REPOSITORY: repository,
    GITHUB_STEP_SUMMARY: summary,
  } = process.env
  const path = join(mkdtempSync(join(temp, 'attestation-')), 'attestation.json')
  writeFileSync(path, `${JSON.stringify(bundle)}\n`)
  const url = `${server}/${repository}/attestations/${id}`
  setOutput('bundle-path', path)
  setOutput('attestation-id', id)
  setOutput('attestation-url', url)
  if (flag('show-summary') && summary)
    appendFileSync(summary, `### Attestation stored\n\n- [${url}](${url})\n`)
}
