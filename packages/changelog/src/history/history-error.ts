import { UserError } from '@tokenledger/kit'

/** The history that a release is made from cannot be had. */
export class HistoryError extends UserError {
  constructor(what: string) {
    super(
      `HISTORY_MISSING: ${what}; set fetch-depth: 0 in actions/checkout, or keep its credentials, or give token contents: read`,
    )
  }
}
