import { execFileSync, spawn } from 'node:child_process'
import { buffer } from 'node:stream/consumers'
import { type Loopback, serve } from '@tokenledger/testkit'

export interface GitServer extends Loopback {
  /** Address of the repository. */
  readonly repository: string
}

/** What a private repository lets in: the header that actions/checkout sends, with this token. */
export const headerWith = (token: string) =>
  `basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`

/**
 * A bare repository over HTTP by git's own server program. With `token` it is private: no credentials are asked for by a 401,
 * as GitHub does, and wrong ones refused by a 403.
 */
export async function startGitServer(folder: string, token?: string): Promise<GitServer> {
  const backend = `${execFileSync('git', ['--exec-path'], { encoding: 'utf8' }).trim()}/git-http-backend`
  const loopback = await serve(async ({ method, path, query, headers, stream }) => {
    const given = headers.authorization
    if (token !== undefined && given === undefined) {
      return { status: 401, headers: { 'www-authenticate': 'Basic realm="GitHub"' } }
    }
    if (token !== undefined && given?.toLowerCase() !== headerWith(token).toLowerCase())
      return { status: 403 }
    const child = spawn(backend, {
      env: {
        ...process.env,
        GIT_PROJECT_ROOT: folder,
        GIT_HTTP_EXPORT_ALL: '1',
        GIT_PROTOCOL: `${headers['git-protocol'] ?? ''}`,
        GIT_CONFIG_COUNT: '0',
        REQUEST_METHOD: method,
        PATH_INFO: path.replace('/acme/consumer', ''),
        QUERY_STRING: `${query}`,
        CONTENT_TYPE: headers['content-type'] ?? '',
        HTTP_CONTENT_ENCODING: headers['content-encoding'] ?? '',
        REMOTE_USER: 'x-access-token',
      },
    })
    stream.pipe(child.stdin)
    const answer = await buffer(child.stdout)
    const end = answer.indexOf('\r\n\r\n')
    const fields = answer.subarray(0, end).toString().split('\r\n')
    const all = Object.fromEntries(fields.map(field => field.split(': ') as [string, string]))
    const { Status: status = '200', ...rest } = all
    return { status: Number.parseInt(status, 10), headers: rest, body: answer.subarray(end + 4) }
  })
  return { ...loopback, repository: `${loopback.url}/acme/consumer` }
}
