/** How an upload ended; `kind` is the action's output `upload`. */
export type UploadOutcome =
  | { readonly kind: 'uploaded' /** Where the result will be shown. */; readonly url: string | undefined }
  | { readonly kind: 'skipped-fork'; readonly reason: string }
  | { readonly kind: 'skipped-off' }
  | {
      readonly kind: 'rate-limited'
      /** Seconds that Codecov asks to wait; undefined when it does not say. */
      readonly waitS: number | undefined
      /** Seconds that were left of the budget when it asked. */
      readonly leftS: number
    }
  | {
      readonly kind: 'rejected'
      readonly by: 'codecov' | 'storage'
      readonly status: number
      /** The server's words, safe to print. */
      readonly message: string
    }
  | { readonly kind: 'unreachable'; readonly reason: string }

/** Input `upload`. */
export type UploadMode = 'auto' | 'required' | 'off'

/** What an outcome means for the step; `error` fails it. */
export type UploadVerdict = 'silent' | 'notice' | 'warning' | 'error'

/**
 * `required` fails the step for an upload that did not arrive, `auto` warns. A fork's pull request never fails by its upload:
 * nobody who works on it can give it credentials, and a re-run would end the same way.
 */
export function uploadVerdict(mode: UploadMode, outcome: UploadOutcome, isFork: boolean): UploadVerdict {
  if (outcome.kind === 'uploaded' || outcome.kind === 'skipped-off') return 'silent'
  if (outcome.kind === 'skipped-fork') return 'notice'
  return mode === 'required' && !isFork ? 'error' : 'warning'
}
