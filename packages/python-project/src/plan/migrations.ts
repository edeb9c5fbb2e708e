import { UserError } from '@tokenledger/kit'
import { stringOf, tableOf } from '../toml.ts'
import { type Checkout, directoriesOf, directoryOf, nameOf, within } from './checkout.ts'
import { databaseCommand } from './database-command.ts'
import { type Finding, found } from './finding.ts'
import { parseIni } from './ini.ts'
import type { Project } from './project.ts'

export type MigrationTool = 'sql' | 'alembic' | 'command' | ''

export interface MigrationFindings {
  readonly 'has-migrations': Finding<boolean>
  readonly 'migrations-tool': Finding<MigrationTool>
  readonly 'migrations-directory': Finding<string>
  readonly 'migrations-command': Finding<string>
  readonly 'alembic-config': Finding<string>
  readonly 'alembic-directory': Finding<string>
}

interface Alembic {
  readonly config: Finding<string>
  readonly directory: Finding<string>
}

/** `001_initial.sql`, `V2__users.sql`, `20260101120000-costs.sql`, but no `.down.sql`. */
const NUMBERED_SQL = /^v?\d+(?:\.\d+)*[._-].*(?<!\.down)\.sql$/i
const NOT_MIGRATIONS = /(^|\/)(tests?|fixtures|examples?|docs?|benchmarks?)(\/|$)/

/** How the project builds its schema: what an input says, else numbered SQL files, else Alembic, else a command of its own. */
export function migrationFindings(project: Project): MigrationFindings {
  const { checkout, pyproject, overrides } = project
  const alembic = alembicOf(project)
  const command =
    overrides.migrationsCommand === undefined
      ? databaseCommand(pyproject, checkout)
      : found(overrides.migrationsCommand, 'input migrations-command')
  const { tool, directory } = overrides.migrationsTool
    ? wantedTool(project, overrides.migrationsTool, alembic, command)
    : overrides.migrationsCommand
      ? { tool: found<MigrationTool>('command', command.reason), directory: found('', command.reason) }
      : toolAndDirectory(project, alembic, command)
  return {
    'has-migrations': found(tool.value !== '', tool.reason),
    'migrations-tool': tool,
    'migrations-directory': directory,
    'migrations-command': command,
    'alembic-config': alembic.config,
    'alembic-directory': alembic.directory,
  }
}

interface Chosen {
  readonly tool: Finding<MigrationTool>
  readonly directory: Finding<string>
}

/** The tool of the input migrations-tool, which has to be there. */
function wantedTool(
  { checkout, overrides }: Project,
  wanted: Exclude<MigrationTool, ''>,
  alembic: Alembic,
  command: Finding<string>,
): Chosen {
  const given = overrides.migrationsDirectory
  const places: Record<typeof wanted, Finding<string>> = {
    sql: given ? sqlIn(checkout, given === '.' ? '' : given) : sqlDirectory(checkout),
    alembic: alembic.directory,
    command,
  }
  const place = places[wanted]
  if (!place.value) {
    throw new UserError(
      `Input migrations-tool is "${wanted}", but the project does not have that: ${place.reason}. Give ${wanted === 'command' ? 'migrations-command' : 'another tool or migrations-directory'}, or leave migrations-tool out.`,
    )
  }
  const reason = `input migrations-tool: ${place.reason}`
  return { tool: found(wanted, reason), directory: found(wanted === 'command' ? '' : place.value, reason) }
}

function toolAndDirectory(
  { checkout, overrides }: Project,
  alembic: Alembic,
  command: Finding<string>,
): Chosen {
  const given = overrides.migrationsDirectory
  if (given !== undefined) return inDirectory(checkout, given)
  const sql = sqlDirectory(checkout)
  const tool = toolOf(sql, alembic.directory, command)
  return { tool, directory: tool.value === 'alembic' ? alembic.directory : sql }
}

function inDirectory(checkout: Checkout, given: string): Chosen {
  const directory = found(given, 'input migrations-directory')
  if (given === '') return { tool: found('', directory.reason), directory }
  const sql = sqlIn(checkout, given === '.' ? '' : given)
  if (sql.value) return { tool: found('sql', `${directory.reason}: ${sql.reason}`), directory }
  if (checkout.files.includes(within(given, 'env.py'))) {
    return { tool: found('alembic', `${directory.reason}: it holds env.py`), directory }
  }
  throw new UserError(
    `Input migrations-directory is "${given}", which holds neither numbered SQL files (001_initial.sql) nor Alembic's env.py. Give the directory of the migrations, or none.`,
  )
}

function toolOf(
  sql: Finding<string>,
  alembic: Finding<string>,
  command: Finding<string>,
): Finding<MigrationTool> {
  if (sql.value) return found('sql', sql.reason)
  if (alembic.value) return found('alembic', alembic.reason)
  if (command.value) return found('command', command.reason)
  return found('', `${sql.reason}; ${alembic.reason}; ${command.reason}`)
}

/** The directory of numbered SQL files: one named migrations before any other, then the shallowest. */
function sqlDirectory(checkout: Checkout): Finding<string> {
  const homes = directoriesOf(checkout.files.filter(isMigration)).filter(home => !NOT_MIGRATIONS.test(home))
  const home = homes.find(path => /migrations?$/.test(path)) ?? homes[0]
  return home === undefined ? found('', 'no directory of numbered SQL files') : sqlIn(checkout, home)
}

function sqlIn({ files }: Checkout, directory: string): Finding<string> {
  const names = files.filter(file => isMigration(file) && directoryOf(file) === directory).map(nameOf)
  const [first, last] = [names[0], names.at(-1)]
  if (first === undefined) return found('', `no numbered SQL files in ${directory || 'the project'}`)
  const range = names.length === 1 ? first : `${first} to ${last}`
  return found(directory || '.', `${names.length} numbered SQL files, ${range}`)
}

function isMigration(file: string): boolean {
  return NUMBERED_SQL.test(nameOf(file))
}

function alembicOf({ checkout, pyproject }: Project): Alembic {
  const inToml = stringOf(tableOf(pyproject.tool.alembic).script_location)
  if (inToml !== undefined) return alembicAt('pyproject.toml', inToml, '[tool.alembic] script_location')
  const config = checkout.files.find(
    file => nameOf(file) === 'alembic.ini' && !NOT_MIGRATIONS.test(directoryOf(file)),
  )
  if (config !== undefined) {
    const location = parseIni(checkout.text(config) ?? '')
      .get('alembic')
      ?.get('script_location')
    return alembicAt(config, location ?? 'alembic', `script_location in ${config}`)
  }
  const directory = directoriesOf(checkout.files.filter(file => nameOf(file) === 'env.py')).find(home =>
    holdsRevisions(checkout, home),
  )
  const none = found('', 'no alembic.ini and no [tool.alembic]')
  return {
    config: none,
    directory: directory === undefined ? none : found(directory || '.', 'env.py and versions'),
  }
}

/** A template of Alembic's has an env.py too, but no revisions. */
function holdsRevisions({ files }: Checkout, home: string): boolean {
  const versions = within(home, 'versions/')
  return !NOT_MIGRATIONS.test(home) && files.some(file => file.startsWith(versions) && file.endsWith('.py'))
}

/** `%(here)s` is the configuration's directory; `package:path` is a directory of an importable package. */
function alembicAt(config: string, location: string, reason: string): Alembic {
  const directory = /^%\(here\)s/.test(location)
    ? within(directoryOf(config), location.replace(/^%\(here\)s\/?/, ''))
    : location.replace(/^\.\//, '').replace(':', '/')
  return { config: found(config, reason), directory: found(directory, reason) }
}
