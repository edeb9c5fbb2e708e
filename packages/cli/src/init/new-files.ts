import type { Adopter } from './adopter.ts'
import { current, left, type Outcome, written } from './outcome.ts'
import { CLIFF } from './templates/cliff.ts'

/** How git-cliff writes the notes of a release; only where nothing says it yet. */
export function cliffOutcome({ findings, project, read }: Adopter): Outcome {
  const path = 'cliff.toml'
  const { value: isPackage, reason } = findings['has-package']
  const existing = [path, '.cliff.toml', '.config/cliff.toml'].find(name => read(name) !== undefined)
  if (existing) return current(existing, 'git-cliff has its settings')
  if ('git-cliff' in project.pyproject.tool) return left(path, 'git-cliff has its settings in pyproject.toml')
  return isPackage
    ? written(path, undefined, CLIFF, 'how the notes of a release are written')
    : left(path, `no package to release: ${reason}`)
}

/** Who reviews, as far as the address of the repository says it. */
export function codeownersOutcome({ remote, read }: Adopter): Outcome {
  const path = 'CODEOWNERS'
  const existing = ['.github/CODEOWNERS', path, 'docs/CODEOWNERS'].find(name => read(name) !== undefined)
  if (existing) return current(existing, 'somebody owns the code')
  if (!remote) return left(path, 'no owner is known: the remote "origin" is not on GitHub')
  const text = [
    '# Who is asked to review. An organisation owns no code: for one, name a team, such as @acme/maintainers.',
    `* @${remote.owner}`,
    '',
  ]
  return written(path, undefined, text.join('\n'), `the owner of the remote "origin" is ${remote.owner}`)
}
