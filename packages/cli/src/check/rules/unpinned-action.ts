import { allJobs, allSteps } from '../facts/steps.ts'
import type { Rule, Spot } from '../finding.ts'
import { isOurs, parseUses } from '../model/uses.ts'
import type { YamlItem } from '../model/yaml-item.ts'
import type { Repository } from '../repository.ts'

export const unpinnedAction: Rule = {
  id: 'unpinned-action',
  level: 'warning',
  why: 'A tag or a branch can be moved to other code at any time, which then runs with the rights of the job.',
  fix: 'Pin the full commit SHA with the version in a comment: `uses: actions/checkout@<40 hex digits> # v4.2.2`. Dependabot keeps both up to date.',
  *find(repository) {
    for (const uses of allUses(repository)) yield* problem(uses)
  },
}

/** Every `uses:` of steps and of calling jobs. */
export function allUses(repository: Repository): YamlItem[] {
  const owners = [...allSteps(repository), ...allJobs(repository)]
  return owners.flatMap(({ item }) => item.get('uses') ?? [])
}

function* problem(item: YamlItem): Iterable<Spot> {
  const uses = parseUses(item.text)
  const at = item.place
  if (uses.kind === 'docker') {
    if (!/@sha256:[0-9a-f]{64}$/.test(uses.image))
      yield { at, message: `image ${uses.image} is not pinned by its digest` }
    return
  }
  // Our own release is one reference that the project promises to keep; a policy may still ask for its SHA.
  if (uses.kind === 'local' || isOurs(uses)) return
  const { ref } = uses
  const text = item.text || '`uses:`'
  if (ref === '') yield { at, message: `${text} has no @ref`, level: 'error' }
  else if (/^[0-9a-f]{40}$/.test(ref)) return
  else if (/^[0-9a-f]{7,39}$/.test(ref))
    yield { at, message: `${text} has a short SHA, which GitHub does not take`, level: 'error' }
  else if (/^v?\d+(?:\.\d+)*(?:[-.+]\w+)*$/.test(ref)) yield { at, message: `${text} is pinned by a tag` }
  else yield { at, message: `${text} is a branch: every push to it changes what runs here`, level: 'error' }
}
