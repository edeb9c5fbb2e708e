import type { FaultRule } from '../loopback/faults.ts'

/**
 * What can go wrong at Codecov, by name. `429` asks to wait so many seconds, `5xx` fails so many requests and then works;
 * `hang` takes the request and never answers. The ones of `put-` are of the storage, `put-403-expired` hits once.
 */
export type CodecovFault =
  | '401-tokenless'
  | '401-protected'
  | '400-deactivated'
  | '400-serializer'
  | { readonly '429': number; readonly times?: number }
  | { readonly '5xx': number; readonly status?: number }
  | 'hang'
  | 'reset'
  | 'put-403-expired'
  | 'put-503'
  | 'put-hang'
  | 'html-502'

const UPLOADS = { path: /^\/upload\// }
const STORAGE = { method: 'PUT', path: /^\/storage\// }

/** What a gateway in front of Codecov shows when nothing is behind it. */
const GATEWAY_PAGE =
  '<html><head><title>502 Server Error</title></head><body><h1>Error: Server Error</h1></body></html>'

/** The rule that plays a fault; `hang` has none, since a rule always answers. */
export function ruleOf(fault: Exclude<CodecovFault, 'hang' | 'put-hang'>): FaultRule {
  if (typeof fault === 'object') return '429' in fault ? rateLimit(fault) : outage(fault)
  switch (fault) {
    case '401-tokenless':
      return { ...UPLOADS, status: 401, body: { message: 'Token required - not valid tokenless upload' } }
    case '401-protected':
      return { ...UPLOADS, status: 401, body: { message: 'Token required because branch is protected' } }
    case '400-deactivated':
      return { ...UPLOADS, status: 400, body: [deactivated()] }
    case '400-serializer':
      return { ...UPLOADS, status: 400, body: { flags: ['This field may not be null.'] } }
    case 'reset':
      return { ...UPLOADS, reset: true }
    case 'put-403-expired':
      return { ...STORAGE, times: 1, status: 403, body: '<Error><Code>AccessDenied</Code></Error>' }
    case 'put-503':
      return { ...STORAGE, status: 503, body: '<Error><Code>SlowDown</Code></Error>' }
    case 'html-502':
      return { ...UPLOADS, status: 502, body: GATEWAY_PAGE }
  }
}

/** The ingest service names the seconds in its message alone; no Retry-After was ever seen. */
function rateLimit({
  '429': seconds,
  times = Number.POSITIVE_INFINITY,
}: {
  '429': number
  times?: number
}): FaultRule {
  const message = `Rate limit reached. Please upload with the Codecov repository upload token to resolve issue. Expected time to availability: ${seconds}s.`
  return { ...UPLOADS, times, status: 429, body: { message } }
}

function outage({ '5xx': times, status = 503 }: { '5xx': number; status?: number }): FaultRule {
  return { ...UPLOADS, times, status, body: { detail: 'Service unavailable' } }
}

export function deactivated(): string {
  return 'This repository is deactivated. To resume uploading to it, activate the repository in the Codecov UI.'
}
