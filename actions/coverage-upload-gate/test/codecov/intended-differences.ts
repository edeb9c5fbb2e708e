import type { Recorded } from './recorded.ts'

/** A way in which we mean to differ from codecov-cli 11.3.1, and what its request would be in our way. */
export interface Difference {
  readonly what: string
  readonly apply: (request: Recorded) => Recorded
}

interface PutBody {
  readonly network_files: readonly string[]
  readonly coverage_files: readonly { readonly filename: string }[]
}

const ofPost =
  (fields: Readonly<Record<string, unknown>>) =>
  (request: Recorded): Recorded =>
    request.method === 'POST' ? { ...request, body: { ...request.body, ...fields } } : request

const ofPut =
  (change: (body: PutBody) => object) =>
  (request: Recorded): Recorded => {
    if (request.method !== 'PUT') return request
    return { ...request, body: { ...request.body, ...change(request.body as unknown as PutBody) } }
  }

export const DIFFERENCES: readonly Difference[] = [
  {
    what: 'no accept-encoding: an answer is a few hundred bytes, which we read as they come',
    apply: request => ({
      ...request,
      headers: request.headers.filter(header => header !== 'accept-encoding'),
    }),
  },
  { what: 'the version is that of our client', apply: ofPost({ version: '1.0.0' }) },
  {
    what: 'cli_args names the command and the client, not the folders and settings of the machine',
    apply: ofPost({ cli_args: { command: 'upload-coverage', version: 'tokenledger-actions-1.0.0' } }),
  },
  {
    what: 'the filename is relative to the repository, since Codecov resolves paths from its folder',
    apply: ofPut(({ coverage_files }) => ({
      coverage_files: coverage_files.map(entry => ({
        ...entry,
        filename: entry.filename.replace(/^<workspace>\//, ''),
      })),
    })),
  },
  {
    what: 'the network does not end with an empty name, which comes of splitting what git prints',
    apply: ofPut(({ network_files }) => ({ network_files: network_files.filter(Boolean) })),
  },
]
