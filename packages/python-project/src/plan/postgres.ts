import { requirementName } from '../names.ts'
import { nameOf } from './checkout.ts'
import { type Finding, found } from './finding.ts'
import type { Project } from './project.ts'

export interface PostgresFindings {
  readonly 'needs-postgres': Finding<boolean>
  /** The image of the project's compose file, so that CI tests on the server that developers use. */
  readonly 'postgres-image': Finding<string>
}

/** Drivers of PostgreSQL on PyPI. */
export const DRIVERS: ReadonlySet<string> = new Set([
  'psycopg',
  'psycopg2',
  'psycopg2-binary',
  'psycopg-binary',
  'asyncpg',
  'pg8000',
  'aiopg',
])
const COMPOSE = /^(docker-)?compose([.-][\w-]+)?\.ya?ml$/
const IMAGE =
  /^\s*image:\s*["']?((?:[\w.-]+(?::\d+)?\/)*(?:postgres|postgis|pgvector|timescaledb(?:-ha)?)(?::[\w.-]+)?)["']?\s*(?:#.*)?$/m

/** Whether the project talks to PostgreSQL: its compose file, else a driver among its requirements. */
export function postgresFindings({ checkout, pyproject }: Project): PostgresFindings {
  const files = checkout.files.filter(file => COMPOSE.test(nameOf(file)))
  const images = files.flatMap(file => {
    const image = IMAGE.exec(checkout.text(file) ?? '')?.[1]
    return image ? [found(image, file)] : []
  })
  const image =
    images[0] ??
    found('', files.length > 0 ? `no PostgreSQL image in ${files.join(', ')}` : 'no compose file')
  const driver = driverOf(pyproject.dependencies, 'the dependencies') ?? driverOfExtras(pyproject.extras)
  const needs = image.value
    ? found(true, `${image.reason} runs ${image.value}`)
    : driver
      ? found(true, driver)
      : found(false, 'no PostgreSQL in a compose file and no driver among the requirements')
  return { 'needs-postgres': needs, 'postgres-image': image }
}

function driverOfExtras(extras: Readonly<Record<string, readonly string[]>>): string | undefined {
  for (const [name, requirements] of Object.entries(extras)) {
    const driver = driverOf(requirements, `the extra ${name}`)
    if (driver) return driver
  }
  return undefined
}

function driverOf(requirements: readonly string[], where: string): string | undefined {
  const driver = requirements.map(requirementName).find(name => name !== undefined && DRIVERS.has(name))
  return driver && `${driver} in ${where}`
}
