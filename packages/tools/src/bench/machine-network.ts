import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/**
 * How this computer reaches its package index: proxies, certificates, and the index settings of pip and uv. Caches and
 * other settings of uv stay out.
 */
export function machineNetwork(env: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const relevant =
    /^(?:PIP_.*|UV_(?:DEFAULT_INDEX|INDEX|INDEX_URL|EXTRA_INDEX_URL|SYSTEM_CERTS|NATIVE_TLS)|SSL_CERT_(?:FILE|DIR)|REQUESTS_CA_BUNDLE|NODE_EXTRA_CA_CERTS|(?:https?|all|no)_proxy)$/i
  const chosen = Object.entries(env).filter(([name, value]) => relevant.test(name) && value)
  return { ...pipConfiguration(), ...(Object.fromEntries(chosen) as Record<string, string>) }
}

/** The user's own pip.conf, which a run with another HOME would not find. */
function pipConfiguration(): Record<string, string> {
  const files = [join(homedir(), '.config', 'pip', 'pip.conf'), join(homedir(), '.pip', 'pip.conf')]
  const file = files.find(existsSync)
  return file ? { PIP_CONFIG_FILE: file } : {}
}
