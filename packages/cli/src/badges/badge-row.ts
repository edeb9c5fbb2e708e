import {
  classifierPythons,
  normalizeName,
  requirementName,
  requirementsOf,
  tableOf,
} from '@tokenledger/python-project'
import { type Adopter, listOf, WORKFLOWS } from '../init/adopter.ts'
import { type GitHubRepository, repositoryOfUrl } from '../init/github-repository.ts'
import { type Badge, badge, component, fixedBadge } from './badge.ts'
import { coverageBadge } from './coverage-badge.ts'
import { licenceFile, licenceName } from './licence.ts'

/** The badges that what the project says of itself gives, in the usual order. `planned` are workflows about to be written. */
export function badgeRow(adopter: Adopter, planned: readonly string[] = []): Badge[] {
  const repository = repositoryOf(adopter)
  return [
    repository && ci(adopter, repository, planned),
    repository && coverageBadge(adopter, repository),
    ...distribution(adopter),
    licence(adopter),
    uses(adopter, 'ruff') ? RUFF : undefined,
    uses(adopter, 'mypy') ? MYPY : undefined,
  ].filter(one => one !== undefined)
}

/** The remote, else the first address on GitHub that the project gives. */
function repositoryOf({ remote, project }: Adopter): GitHubRepository | undefined {
  const addresses = Object.values(tableOf(tableOf(project.pyproject.document.project).urls)).map(String)
  return remote ?? addresses.flatMap(url => repositoryOfUrl(url) ?? [])[0]
}

function ci(
  { workflows }: Adopter,
  { owner, name }: GitHubRepository,
  planned: readonly string[],
): Badge | undefined {
  const file = ['ci.yml', 'ci.yaml'].find(
    one => workflows.includes(one) || planned.includes(`${WORKFLOWS}/${one}`),
  )
  const page = `https://github.com/${owner}/${name}/actions/workflows/${file}`
  return file === undefined ? undefined : badge('CI', 'CI', `${page}/badge.svg`, page)
}

function distribution({ project, findings }: Adopter): Badge[] {
  const { pyproject } = project
  const isPrivate = pyproject.classifiers.some(classifier => classifier.startsWith('Private ::'))
  if (!findings['has-package'].value || isPrivate || pyproject.name === undefined) return []
  const name = component(normalizeName(pyproject.name))
  // This page leads on to the one of the index.
  const page = `https://badge.fury.io/py/${name}`
  const version = badge('version on PyPI', 'PyPI version', `${page}.svg`, page)
  const hasClassifiers = classifierPythons(pyproject).length > 0
  const image = hasClassifiers
    ? `https://img.shields.io/pypi/pyversions/${name}.svg`
    : pyproject.requiresPython && fixedBadge('python', pyproject.requiresPython, 'blue')
  return image ? [version, badge('Python versions', 'Python versions', image, page)] : [version]
}

function licence(adopter: Adopter): Badge | undefined {
  const name = licenceName(adopter)
  return name === undefined
    ? undefined
    : badge('licence', `License: ${name}`, fixedBadge('License', name, 'blue'), licenceFile(adopter))
}

/** Whether a tool is set up, or among what an extra or a group installs. */
function uses({ findings, project }: Adopter, tool: 'ruff' | 'mypy'): boolean {
  if (findings[`${tool}-config`].value) return true
  const { pyproject } = project
  const purpose = tool === 'ruff' ? 'lint' : 'types'
  const sets = [
    ...listOf(findings[`${purpose}-extras`].value).map(name => ({ kind: 'extra', name }) as const),
    ...listOf(findings[`${purpose}-groups`].value).map(name => ({ kind: 'group', name }) as const),
  ]
  return sets.some(set =>
    requirementsOf(pyproject, set).some(requirement => requirementName(requirement) === tool),
  )
}

const RUFF = badge(
  'ruff',
  'Code style: ruff',
  'https://img.shields.io/endpoint?url=https://raw.githubusercontent.com/astral-sh/ruff/main/assets/badge/v2.json',
  'https://github.com/astral-sh/ruff',
)
const MYPY = badge(
  'mypy',
  'Checked with mypy',
  'https://www.mypy-lang.org/static/mypy_badge.svg',
  'https://mypy-lang.org/',
)
