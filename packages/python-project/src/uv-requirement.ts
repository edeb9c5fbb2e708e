import { validRange } from '@renovatebot/pep440'
import { UserError } from '@tokenledger/kit'
import type { Pyproject } from './pyproject.ts'
import { stringOf, type Table, tableOf } from './toml.ts'
import type { UvLock } from './uv-lock.ts'

export interface UvRequirement {
  /** PEP 440, such as `==0.12.5` or `>=0.12,<0.13`. */
  readonly specifier: string
  readonly reason: string
}

/**
 * Which uv a project asks for: `required-version` of uv.toml, else of `[tool.uv]` (uv ignores the table when the file is
 * there), else the uv that uv.lock pins; undefined when it asks for none. A required-version that is no PEP 440
 * specifier is a UserError.
 */
export function uvRequirement(
  pyproject: Pyproject,
  uvToml?: Table,
  lock?: UvLock,
): UvRequirement | undefined {
  const [settings, where] = uvToml
    ? [uvToml, 'uv.toml']
    : [tableOf(pyproject.tool.uv), '[tool.uv] of pyproject.toml']
  const required = stringOf(settings['required-version'])?.trim()
  if (required) return { specifier: asSpecifier(required, where), reason: `required-version in ${where}` }
  const locked = lock?.uv
  return locked && { specifier: `==${locked.version}`, reason: 'the package uv in uv.lock' }
}

/** uv reads a bare version as an exact one. */
function asSpecifier(required: string, where: string): string {
  const specifier = /^\d/.test(required) ? `==${required}` : required
  if (validRange(specifier)) return specifier
  throw new UserError(
    `required-version "${required}" in ${where} is not a PEP 440 specifier. Write it like ">=0.12" or "0.12.5".`,
  )
}
