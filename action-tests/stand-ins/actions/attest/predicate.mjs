import { readFileSync } from 'node:fs'
import { Failure, flag, input } from '../../shared/runner.mjs'

/** What is said of the subjects: a predicate of one's own, an SBOM, or where this run has made them. */
export function predicate(env = process.env) {
  if (flag('push-to-registry'))
    throw new Failure('push-to-registry needs a registry, and a run without GitHub has none.')
  const [own, path, type, sbom] = ['predicate', 'predicate-path', 'predicate-type', 'sbom-path'].map(input)
  if (sbom && (own || path || type)) throw new Failure("sbom-path goes with no predicate of one's own.")
  if (sbom) return ofSbom(JSON.parse(readFileSync(sbom, 'utf8')))
  if (!own && !path && !type) return provenance(env)
  if (!type || Boolean(own) === Boolean(path))
    throw new Failure("A predicate of one's own is predicate-type with one of predicate, predicate-path.")
  return { type, params: JSON.parse(own || readFileSync(path, 'utf8')) }
}

function ofSbom(document) {
  if (document.spdxVersion)
    return {
      type: `https://spdx.dev/Document/v${document.spdxVersion.replace('SPDX-', '')}`,
      params: document,
    }
  if (document.bomFormat === 'CycloneDX') return { type: 'https://cyclonedx.org/bom', params: document }
  throw new Failure('sbom-path is neither SPDX nor CycloneDX.')
}

/** https://slsa.dev/spec/v1.0/provenance in the form of GitHub's workflow build type */
function provenance(env) {
  const repository = `${env.GITHUB_SERVER_URL}/${env.GITHUB_REPOSITORY}`
  const [path] = (env.GITHUB_WORKFLOW_REF ?? '').replace(`${env.GITHUB_REPOSITORY}/`, '').split('@')
  const run = `${repository}/actions/runs/${env.GITHUB_RUN_ID}/attempts/${env.GITHUB_RUN_ATTEMPT || 1}`
  return {
    type: 'https://slsa.dev/provenance/v1',
    params: {
      buildDefinition: {
        buildType: 'https://actions.github.io/buildtypes/workflow/v1',
        externalParameters: { workflow: { ref: env.GITHUB_REF, repository, path } },
        internalParameters: {
          github: { event_name: env.GITHUB_EVENT_NAME, runner_environment: env.RUNNER_ENVIRONMENT },
        },
        resolvedDependencies: [
          { uri: `git+${repository}@${env.GITHUB_REF}`, digest: { gitCommit: env.GITHUB_SHA } },
        ],
      },
      runDetails: {
        builder: { id: `${env.GITHUB_SERVER_URL}/${env.GITHUB_WORKFLOW_REF}` },
        metadata: { invocationId: run },
      },
    },
  }
}
