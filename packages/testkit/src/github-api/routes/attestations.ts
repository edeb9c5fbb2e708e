import { ApiError, notFound } from '../api-error.ts'
import type { Attestation } from '../releases/records.ts'
import type { Routes } from '../world.ts'

/** Short words for predicate types, as the query takes them. */
const PREDICATES: Readonly<Record<string, RegExp>> = {
  provenance: /^https:\/\/slsa\.dev\/provenance\//,
  sbom: /^https:\/\/(spdx\.dev\/Document|cyclonedx\.org\/bom)/,
  release: /^https:\/\/in-toto\.io\/attestation\/release\//,
}

export const attestationRoutes: Routes = {
  'POST /repos/{owner}/{repo}/attestations': ({ body, world }) => {
    const bundle = body.bundle as object
    const attestation = { id: world.nextId(), bundle, ...statementOf(bundle) }
    world.records.attestations.push(attestation)
    return { status: 201, body: { id: attestation.id } }
  },

  // A digest without attestations is unknown.
  'GET /repos/{owner}/{repo}/attestations/{subject_digest}': ({ params, query, world }) => {
    const digest = params.subject_digest ?? ''
    const predicate = query.get('predicate_type')
    const found = world.records.attestations
      .filter(({ subjects }) => subjects.includes(digest))
      .filter(
        ({ predicateType: type }) => !predicate || (PREDICATES[predicate]?.test(type) ?? type === predicate),
      )
    if (found.length === 0) throw notFound()
    const attestations = found.map(({ id, bundle }) => ({
      bundle,
      repository_id: 1,
      bundle_url: `${world.repositoryUrl}/attestations/bundles/${id}`,
      initiator: 'user',
    }))
    return { status: 200, body: { attestations } }
  },
}

/** Reads the in-toto statement in the envelope of a Sigstore bundle; its signature is not looked at. */
function statementOf(bundle: object): Pick<Attestation, 'subjects' | 'predicateType'> {
  try {
    const { dsseEnvelope } = bundle as { dsseEnvelope: { payload: string } }
    const { subject, predicateType } = JSON.parse(
      Buffer.from(dsseEnvelope.payload, 'base64').toString('utf8'),
    ) as { subject: readonly { digest: { sha256: string } }[]; predicateType: string }
    return { subjects: subject.map(({ digest }) => `sha256:${digest.sha256}`), predicateType }
  } catch {
    throw new ApiError(422, 'Invalid bundle', [{ resource: 'Attestation', field: 'bundle', code: 'invalid' }])
  }
}
