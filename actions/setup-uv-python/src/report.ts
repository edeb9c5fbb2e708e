import { markdownTable, type SummaryPart } from '@tokenledger/kit'

export type CacheHit = 'exact' | 'partial' | 'miss' | 'off'
export type Phase = 'python' | 'uv' | 'cache' | 'sync' | 'save'

/** What is known about the run so far; outputs are set from it even when a later part fails. */
export interface Findings {
  uv?: { readonly version: string; readonly path: string; readonly source: string }
  python?: { readonly version: string; readonly path: string; readonly source: string }
  venv?: string
  packages?: number
  cache: {
    readonly hit: CacheHit
    readonly key: string
    readonly matchedKey: string
    /** Downloaded, compressed; 0 when unknown. */
    readonly bytes: number
    readonly reason: string
  }
  /** Milliseconds. */
  readonly timings: Partial<Record<Phase, number>>
}

/** Every output of the action, as it is known. */
export function outputsOf(
  { uv, python, venv, cache, timings }: Findings,
  totalMs: number,
): Record<string, string> {
  return {
    'uv-version': uv?.version ?? '',
    'uv-path': uv?.path ?? '',
    'uv-source': uv?.source ?? '',
    'python-version': python?.version ?? '',
    'python-path': python?.path ?? '',
    'python-source': python?.source ?? '',
    'venv-path': venv ?? '',
    'cache-key': cache.key,
    'cache-hit': cache.hit,
    'cache-matched-key': cache.matchedKey,
    timings: JSON.stringify({ ...timings, total: Math.round(totalMs) }),
  }
}

/** `uv 0.12.5 (tool-cache) · CPython 3.11.9 (tool-cache) · 77 packages · cache exact 65 MB · 1.9 s (uv 0.0, cache 0.9, sync 0.6)` */
export function summaryLine(findings: Findings, totalMs: number): string {
  const { uv, python, packages, timings } = findings
  const phases = Object.entries(timings).filter(([phase]) => phase !== 'python')
  const spent = phases.map(([phase, ms]) => `${phase} ${inSeconds(ms)}`).join(', ')
  return [
    `uv ${uv?.version} (${uv?.source})`,
    `CPython ${python?.version} (${python?.source})`,
    ...(packages === undefined ? [] : [`${packages} package${packages === 1 ? '' : 's'}`]),
    `cache ${cacheWords(findings.cache)}`,
    `${inSeconds(totalMs)} s${spent ? ` (${spent})` : ''}`,
  ].join(' · ')
}

/** The same as a table of one row for the job summary. */
export function summaryParts(findings: Findings, totalMs: number): SummaryPart[] {
  const { uv, python, packages, cache } = findings
  const row = [
    `${python?.version} (${python?.source})`,
    `${uv?.version} (${uv?.source})`,
    packages === undefined ? 'not installed' : String(packages),
    cacheWords(cache),
    `${inSeconds(totalMs)} s`,
  ]
  return [{ markdown: markdownTable(['Python', 'uv', 'packages', 'cache', 'set-up'], [row]), dropOrder: 1 }]
}

function cacheWords({ hit, bytes, reason }: Findings['cache']): string {
  if (hit === 'off') return `off (${reason})`
  return bytes > 0 ? `${hit} ${megabytes(bytes)} MB` : hit
}

/** Bytes in MB (10⁶); below 10 with one decimal. */
export function megabytes(bytes: number): string {
  return bytes < 10e6 ? (bytes / 1e6).toFixed(1) : String(Math.round(bytes / 1e6))
}

function inSeconds(ms: number): string {
  return (ms / 1000).toFixed(1)
}
