import type { Identity } from './identity.ts'

/** Of what we send, not of the suite: it changes with the requests. Servers read `agent/version`. */
const VERSION = '1.0.0'
export const USER_AGENT = `tokenledger-actions/${VERSION}`

/**
 * The body of the POST, with the keys of codecov-cli 11.3.1. `flags` has to be a list and `code` "default", else the server
 * answers 400.
 */
export function announcement(identity: Identity, flags: readonly string[], payloadBytes: number): object {
  return {
    branch: identity.branch,
    ci_service: 'github-actions',
    ci_url: identity.ciUrl,
    // Marks the upload as one of a command line tool in what Codecov shows of its progress.
    cli_args: { command: 'upload-coverage', version: `tokenledger-actions-${VERSION}` },
    code: 'default',
    commitid: identity.commit,
    env: {},
    file_not_found: false,
    flags,
    job_code: identity.jobCode,
    name: identity.name,
    parent_commit_id: null,
    pullid: identity.pull,
    report_payload_bytes: payloadBytes,
    version: VERSION,
  }
}
