import { type Adopter, WORKFLOWS } from '../init/adopter.ts'
import type { GitHubRepository } from '../init/github-repository.ts'
import { type Badge, badge, component } from './badge.ts'

const CODECOV_FILES = ['codecov.yml', '.codecov.yml', '.github/codecov.yml']
/** An upload by our workflow, by its action, or by its program. */
const CODECOV =
  /^[ \t]*codecov-upload:[ \t]*['"]?(?:auto|required)\b|^[ \t-]*uses:[ \t]*['"]?codecov\/codecov-action@|^[ \t]*(?:-?[ \t]*run:[ \t]*)?codecov(?:cli)?[ \t]+upload/m

/** Coverage where somebody shows it: Codecov when it is uploaded to, else the file for shields.io that is in the repository. */
export function coverageBadge(adopter: Adopter, repository: GitHubRepository): Badge | undefined {
  const { owner, name } = repository
  const branch = adopter.branch.split('/').map(component).join('/')
  if (usesCodecov(adopter)) {
    const page = `https://codecov.io/gh/${owner}/${name}`
    return badge('coverage', 'codecov', `${page}/branch/${component(adopter.branch)}/graph/badge.svg`, page)
  }
  const file = endpointFile(adopter)
  if (file === undefined) return undefined
  const path = file.split('/').map(component).join('/')
  const raw = `https://raw.githubusercontent.com/${owner}/${name}/${branch}/${path}`
  return badge('coverage', 'coverage', `https://img.shields.io/endpoint?url=${component(raw)}`)
}

function usesCodecov({ workflows, read }: Adopter): boolean {
  if (CODECOV_FILES.some(path => read(path) !== undefined)) return true
  return workflows.some(name => CODECOV.test(read(`${WORKFLOWS}/${name}`) ?? ''))
}

/** What coverage-upload-gate writes beside its badge. */
function endpointFile({ project: { checkout } }: Adopter): string | undefined {
  return checkout.files
    .filter(file => /(?:coverage|badge)[^/]*\.json$/i.test(file))
    .find(file => {
      try {
        const { schemaVersion, label } = JSON.parse(checkout.text(file) ?? '')
        return schemaVersion === 1 && label === 'coverage'
      } catch {
        return false
      }
    })
}
