import { ApiError } from './api-error.ts'
import type { Permission, Permissions } from './settings.ts'

/**
 * What an operation needs, by a part of its path; any one of several will do
 * (https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps). The first that fits counts.
 */
const NEEDS: readonly (readonly [RegExp, readonly Permission[]])[] = [
  [/\/actions\/permissions|\/immutable-releases|^(?!GET).*\/rulesets/, ['administration']],
  [/\/pulls/, ['pull-requests']],
  [/\/issues\//, ['issues', 'pull-requests']],
  [/\/check-runs/, ['checks']],
  [/\/status/, ['statuses']],
  [/\/code-scanning\//, ['security-events']],
  [/\/actions\//, ['actions']],
  [/\/attestations\b/, ['attestations']],
  [/\/(git|branches|commits|compare|contents|releases)\b/, ['contents']],
]

/** The permissions of which an operation needs one; empty for what every token may read. */
export function permissionsFor(operation: string): readonly Permission[] {
  return NEEDS.find(([part]) => part.test(operation))?.[1] ?? []
}

/** Throws GitHub's 403 when the token may not do this. */
export function demand(permissions: Permissions | undefined, operation: string): void {
  const needed = permissionsFor(operation)
  const access = operation.startsWith('GET ') ? 'read' : 'write'
  if (needed.length > 0 && !needed.some(permission => isGranted(permissions, permission, access))) {
    throw new ApiError(403, FORBIDDEN)
  }
}

/** Whether the token may; write includes read. */
export function isGranted(
  permissions: Permissions | undefined,
  permission: Permission,
  access: 'read' | 'write',
): boolean {
  const granted = permissions ? permissions[permission] : 'write'
  return granted === 'write' || granted === access
}

export const FORBIDDEN = 'Resource not accessible by integration'
