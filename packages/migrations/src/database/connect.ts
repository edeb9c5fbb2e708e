import type { Socket } from 'node:net'
import type { Client, ClientConfig } from 'pg'
import { ForeignServer, protocolOf } from './foreign-server.ts'
import { isServerRefusal, isTlsFailure, lacksTls } from './readiness.ts'
import type { Target } from './target.ts'

export interface ConnectOptions {
  /** Longest time until the login is done, in ms. */
  readonly timeoutMs: number
  /** Ends the attempt when the job is cancelled. */
  readonly signal?: AbortSignal
}

type Ssl = Target['ssl']

/**
 * Logs in. With `prefer` and `allow` there is a second try, in plain text or encrypted, where libpq makes one: the server has
 * no TLS, the handshake fails, or pg_hba.conf wants it otherwise. Throws what the server or the system says (see
 * `verdictOf`); no such error holds the password. A connection that breaks later fails the next query, never the process.
 */
export async function connect(
  target: Target,
  applicationName: string,
  options: ConnectOptions,
): Promise<Client> {
  const end = performance.now() + options.timeoutMs
  const [first, second] = waysOf(target)
  try {
    return await login(target, first, applicationName, options)
  } catch (error) {
    if (second === undefined || !mayChange(error)) throw error
    const timeoutMs = Math.max(end - performance.now(), 1)
    return await login(target, second, applicationName, { ...options, timeoutMs }).catch(later => {
      throw isServerRefusal(error) && (lacksTls(later) || isServerRefusal(later)) ? error : later
    })
  }
}

/** Ends a connection, with what it waits for if need be: after `patienceMs` the socket is cut. */
export async function disconnect(client: Client, patienceMs = 1000): Promise<void> {
  const cut = setTimeout(() => streamOf(client).destroy(), patienceMs)
  await client.end().catch(() => undefined)
  clearTimeout(cut)
}

function waysOf({ sslMode, ssl }: Target): [Ssl, Ssl?] {
  if (ssl === false) return [false]
  if (sslMode === 'prefer') return [ssl, false]
  if (sslMode === 'allow') return [false, ssl]
  return [ssl]
}

function mayChange(error: unknown): boolean {
  return lacksTls(error) || isTlsFailure(error) || isServerRefusal(error)
}

async function login(
  target: Target,
  ssl: Ssl,
  applicationName: string,
  { timeoutMs, signal }: ConnectOptions,
): Promise<Client> {
  const { Client } = await import('pg')
  signal?.throwIfAborted()
  const client = new Client(configOf(target, ssl, applicationName, timeoutMs))
  client.on('error', () => undefined)
  const stream = streamOf(client)
  let heard: Buffer | undefined
  stream.once('data', (bytes: Buffer) => {
    heard = bytes
  })
  const abort = () => stream.destroy(signal?.reason)
  signal?.addEventListener('abort', abort, { once: true })
  try {
    await client.connect()
    return client
  } catch (error) {
    stream.destroy()
    const protocol = heard && protocolOf(heard)
    throw protocol ? new ForeignServer(protocol) : error
  } finally {
    signal?.removeEventListener('abort', abort)
  }
}

/** Every field is given, since pg fills in what is missing from PG* variables by rules of its own. */
function configOf(target: Target, ssl: Ssl, applicationName: string, timeoutMs: number): ClientConfig {
  const { host, address, port, user, password, database, options } = target
  const config = {
    host: address ?? host,
    port,
    user,
    database,
    // A function, as pg would look for another password than an empty one.
    password: () => password,
    ssl,
    sslnegotiation: 'postgres' as const,
    application_name: applicationName,
    connectionTimeoutMillis: Math.max(Math.ceil(timeoutMs), 1),
    keepAlive: true,
    ...(options ? { options } : {}),
  }
  return config
}

/** pg's typings leave the connection out. */
function streamOf(client: Client): Socket {
  return (client as unknown as { connection: { stream: Socket } }).connection.stream
}
