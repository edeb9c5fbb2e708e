import type { CoverageView } from '@tokenledger/coverage'
import { displayPercent, percentOf, ratioOf } from '@tokenledger/coverage'
import type { Comment } from './comment.ts'
import type { Upload } from './upload.ts'

/** What is known of a run; a failure leaves the later parts out. */
export interface Known {
  readonly view?: CoverageView | undefined
  /** Why the step fails, one line each; empty when it does not. */
  readonly reasons: readonly string[]
  readonly reportJson?: string
  readonly badgePath?: string
}

/** Outputs that are known before the upload. */
export function outputsOf({ view, reasons, reportJson, badgePath }: Known): Record<string, string> {
  const gate = reasons.length > 0 ? 'fail' : (view?.verdict.gate ?? 'fail')
  return {
    ...totalOutputs(view),
    ...patchOutputs(view),
    gate,
    reason: reasons.join('\n'),
    'report-json': reportJson ?? '',
    'badge-path': badgePath ?? '',
    // What comes after may be cut off; an output that is missing would keep the one of an earlier attempt out of sight.
    upload: '',
    'codecov-url': '',
    'comment-url': '',
    'comment-file': '',
  }
}

export function uploadOutputs({ outcome }: Upload): Record<string, string> {
  return { upload: outcome.kind, 'codecov-url': (outcome.kind === 'uploaded' && outcome.url) || '' }
}

export function commentOutputs({ url, file }: Comment): Record<string, string> {
  return { 'comment-url': url, 'comment-file': file }
}

function totalOutputs(view: CoverageView | undefined): Record<string, string> {
  if (!view) return { total: '', 'total-display': '', 'total-covered': '', 'total-valid': '' }
  const { covered, valid } = ratioOf(view.total)
  const percent = percentOf(view.total)
  return {
    total: String(percent),
    'total-display': displayPercent(percent, view.precision),
    'total-covered': String(covered),
    'total-valid': String(valid),
  }
}

function patchOutputs(view: CoverageView | undefined): Record<string, string> {
  if (view?.patch.kind !== 'measured') return { patch: '', 'patch-covered': '', 'patch-valid': '' }
  const { covered, valid } = view.patch
  return {
    patch: valid > 0 ? String((100 * covered) / valid) : '',
    'patch-covered': String(covered),
    'patch-valid': String(valid),
  }
}
