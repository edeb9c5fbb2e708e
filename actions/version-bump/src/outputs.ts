import type { Known } from './known.ts'

/** Every output, as far as it is known. */
export function outputsOf(known: Known): Record<string, string> {
  const { plan, commit, pull, release } = known
  const bump = plan?.kind === 'bump' ? plan : undefined
  const current = plan?.current.text ?? known.version ?? ''
  return {
    'previous-version': plan?.current.text ?? '',
    'new-version': bump?.version.text ?? current,
    tag: bump?.tag ?? known.tag ?? '',
    part: bump?.part ?? '',
    reason: bump?.reason ?? (plan?.kind === 'nothing' ? plan.next.reason : (known.reason ?? '')),
    changed: String(bump !== undefined || known.changed === true),
    'commit-sha': commit?.sha ?? '',
    verified: commit?.verified === undefined ? '' : String(commit.verified),
    'pull-request-number': pull ? String(pull.number) : '',
    'pull-request-url': pull?.url ?? '',
    'release-run-url': release?.url ?? '',
    files: JSON.stringify(bump?.edits.map(({ path }) => path) ?? []),
    'is-prerelease': bump ? String(bump.isPrerelease) : '',
  }
}
