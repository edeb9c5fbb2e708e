import type { Pyproject } from '../pyproject.ts'
import type { Checkout } from './checkout.ts'
import type { Overrides } from './overrides.ts'

/** Everything that the decisions look at. */
export interface Project {
  readonly checkout: Checkout
  readonly pyproject: Pyproject
  readonly overrides: Overrides
  /** Content of the nearest `.python-version`. */
  readonly pythonVersionFile?: string
  /** Path of the nearest `uv.lock`, relative to the project's directory. */
  readonly lockFile?: string
}
