import { randomUUID } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { ApiError, notFound } from '../api-error.ts'
import type { Routes } from '../world.ts'

export const codeScanningRoutes: Routes = {
  'POST /repos/{owner}/{repo}/code-scanning/sarifs': ({ body, world }) => {
    const [commit, ref] = [String(body.commit_sha), String(body.ref)]
    const id = randomUUID()
    world.records.sarifs.push({ id, commit, ref, report: unpack(String(body.sarif)) })
    return { status: 202, body: { id, url: `${world.repositoryUrl}/code-scanning/sarifs/${id}` } }
  },

  'GET /repos/{owner}/{repo}/code-scanning/sarifs/{sarif_id}': ({ params, world }) => {
    if (!world.records.sarifs.some(({ id }) => id === params.sarif_id)) throw notFound()
    const analyses = `${world.repositoryUrl}/code-scanning/analyses?sarif_id=${params.sarif_id}`
    return { status: 200, body: { processing_status: 'complete', analyses_url: analyses } }
  },
}

/** A report travels as JSON, gzipped, in base64. */
function unpack(sarif: string): unknown {
  let report: { runs?: unknown }
  try {
    report = JSON.parse(gunzipSync(Buffer.from(sarif, 'base64')).toString('utf8'))
  } catch {
    throw new ApiError(400, 'SARIF file is not valid: it has to be JSON, gzipped, in base64.')
  }
  if (!Array.isArray(report.runs)) throw new ApiError(400, 'SARIF file is not valid: it has no runs.')
  return report
}
