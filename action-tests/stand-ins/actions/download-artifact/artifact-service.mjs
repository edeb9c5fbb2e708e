import { Failure } from './runner.mjs'

/** The job's account at GitHub's results service (ArtifactService v4), from what the runner sets. */
export function artifactService(env = process.env) {
  const { ACTIONS_RESULTS_URL: url, ACTIONS_RUNTIME_TOKEN: token } = env
  if (!url || !token)
    throw new Failure(
      'ACTIONS_RESULTS_URL and ACTIONS_RUNTIME_TOKEN are not set; start the results service for this run.',
    )
  const ids = backendIds(token)
  return async (method, fields) => {
    const path = `twirp/github.actions.results.api.v1.ArtifactService/${method}`
    const response = await fetch(new URL(path, url), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...ids, ...fields }),
    })
    const answer = await response.json().catch(() => ({}))
    if (!response.ok) throw new ServiceError(method, response.status, answer.msg ?? 'no reason given')
    return answer
  }
}

/** A refusal of the service; 409 is a name that is taken, 404 one that is not there. */
export class ServiceError extends Failure {
  constructor(method, status, reason) {
    super(`${method} failed: ${reason} (HTTP ${status}).`)
    this.status = status
  }
}

/** The token's scope `Actions.Results:<run>:<job>` says for whom the job speaks. */
function backendIds(token) {
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString() || '{}')
  const [, run, job] = /(?:^| )Actions\.Results:([^: ]+):([^: ]+)/.exec(claims.scp ?? '') ?? []
  if (!run) throw new Failure('ACTIONS_RUNTIME_TOKEN names no run and job (scope Actions.Results).')
  return { workflow_run_backend_id: run, workflow_job_run_backend_id: job }
}
