import * as http from 'node:http'

let isSet = false

/**
 * Makes `fetch` honour HTTP_PROXY, HTTPS_PROXY and NO_PROXY, once per process and only when one of the former is set.
 * Runners before Node 24.14 lack the function; there the download goes direct, as it always did.
 */
export function honourProxy(env: NodeJS.ProcessEnv): void {
  const isConfigured = ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'].some(name => env[name])
  if (isSet || !isConfigured || typeof http.setGlobalProxyFromEnv !== 'function') return
  isSet = true
  http.setGlobalProxyFromEnv({ ...env })
}
