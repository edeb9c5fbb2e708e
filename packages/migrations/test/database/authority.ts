import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Certificate {
  readonly certificate: string
  readonly key: string
}

export interface Authority extends Certificate {
  /** Signs a certificate for a host name or address. */
  issue(name: string, host: string, dates?: { readonly expired: true }): Certificate
}

/** A certificate authority made by openssl in a folder; all its files are PEM. */
export function createAuthority(folder: string, name: string): Authority {
  const path = (file: string) => join(folder, `${name}-${file}`)
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' })
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  const [certificate, key] = [path('ca.pem'), path('ca.key')]
  openssl(
    'req',
    '-x509',
    ...newKey,
    '-keyout',
    key,
    '-out',
    certificate,
    '-days',
    '2',
    '-subj',
    `/CN=${name}`,
  )
  return {
    certificate,
    key,
    issue: (leaf, host, dates) => {
      const issued = { certificate: path(`${leaf}.pem`), key: path(`${leaf}.key`) }
      const [request, extensions] = [path(`${leaf}.csr`), path(`${leaf}.ext`)]
      const kind = /^[\d.:]+$/.test(host) ? 'IP' : 'DNS'
      writeFileSync(extensions, `subjectAltName=${kind}:${host}\n`)
      openssl('req', '-new', ...newKey, '-keyout', issued.key, '-out', request, '-subj', `/CN=${host}`)
      const signedBy = ['-CA', certificate, '-CAkey', key, '-CAcreateserial', '-extfile', extensions]
      const days = dates?.expired ? '-1' : '2'
      openssl('x509', '-req', '-in', request, ...signedBy, '-days', days, '-out', issued.certificate)
      return issued
    },
  }
}
