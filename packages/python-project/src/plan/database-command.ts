import type { Pyproject } from '../pyproject.ts'
import type { Checkout } from './checkout.ts'
import { type Finding, found } from './finding.ts'

/** Commands that bring a database to its newest schema, the wanted ones first. */
const WANTED = [
  /^(db|database) init$/,
  /^(db|database|migrations?|schema) (upgrade|migrate|apply|up|create)$/,
  /^(init-?db|db-init|upgrade-db|db-upgrade|migrate-db|db-migrate|migrate|create-tables?)$/,
]
const MOST_FILES_READ = 200

/**
 * A console script of the project with a command such as `db init`, found by reading the text of the package: typer,
 * click and argparse declare commands in few spellings. Nothing is imported or run.
 */
export function databaseCommand({ scripts }: Pyproject, checkout: Checkout): Finding<string> {
  for (const [script, target] of Object.entries(scripts)) {
    const commands = moduleFiles(checkout, target).flatMap(file =>
      commandsIn(checkout.text(file) ?? '').map(command => ({ command, file })),
    )
    for (const wanted of WANTED) {
      const hit = commands.find(({ command }) => wanted.test(command))
      if (hit) return found(`${script} ${hit.command}`, `script ${script}, command in ${hit.file}`)
    }
  }
  const names = Object.keys(scripts)
  return found(
    '',
    names.length > 0 ? `no command like db init in ${names.join(', ')}` : 'no [project.scripts]',
  )
}

/** The files of the package that an entry point such as `tokenledger.cli:app` lies in. */
function moduleFiles({ files }: Checkout, target: string): string[] {
  const module = target.split(':', 1)[0]?.trim().replaceAll('.', '/') ?? ''
  const [top = ''] = module.split('/')
  if (!top) return []
  const inPackage = files.filter(file => /\.pyi?$/.test(file) && `/${file}`.includes(`/${top}/`))
  const own = files.filter(file => `/${file}`.endsWith(`/${module}.py`))
  return [...new Set([...own, ...inPackage])].slice(0, MOST_FILES_READ)
}

function commandsIn(text: string): string[] {
  if (!/\b(typer|click|argparse)\b/.test(text)) return []
  return [...decorated(text), ...parsed(text)]
}

/** typer and click: groups by `add_typer` or `@x.group()`, commands by `@group.command()` above a function. */
function decorated(text: string): string[] {
  const groups = new Map<string, string>()
  for (const [, variable = '', name] of text.matchAll(
    /\b(\w+)\s*(?::[^=\n]+)?=\s*(?:typer\.)?Typer\([^)]*?\bname\s*=\s*["']([\w-]+)/g,
  )) {
    groups.set(variable, name ?? '')
  }
  for (const [, variable = '', name] of text.matchAll(
    /\.add_typer\(\s*(\w+)[^)]*?\bname\s*=\s*["']([\w-]+)/g,
  )) {
    groups.set(variable, name ?? '')
  }
  for (const { owner, name, variable } of declarations(text, 'group')) {
    // `@click.group()` makes the program itself, `@cli.group()` a group in it.
    if (owner !== 'click') groups.set(variable, name)
  }
  return declarations(text, 'command').map(({ owner, name }) => {
    const group = groups.get(owner)
    return group ? `${group} ${name}` : name
  })
}

interface Declaration {
  readonly owner: string
  readonly name: string
  readonly variable: string
}

function declarations(text: string, kind: 'group' | 'command'): Declaration[] {
  const decorator = new RegExp(
    `@(\\w+)\\.${kind}\\b(?:\\(\\s*(?:name\\s*=\\s*)?(?:["']([\\w-]+)["'])?)?[\\s\\S]{0,600}?\\bdef (\\w+)`,
    'g',
  )
  return [...text.matchAll(decorator)].map(([, owner = '', name, variable = '']) => ({
    owner,
    name: name ?? variable.replaceAll('_', '-'),
    variable,
  }))
}

/** argparse: `db = commands.add_parser("db")`, `db_commands = db.add_subparsers()`, `db_commands.add_parser("init")`. */
function parsed(text: string): string[] {
  const parsers = new Map<string, string>()
  const parents = new Map<string, string>()
  for (const [, variable = '', parser] of text.matchAll(/\b(\w+)\s*=\s*(\w+)\.add_subparsers\(/g)) {
    parents.set(variable, parser ?? '')
  }
  const commands: string[] = []
  for (const [, variable, owner = '', name] of text.matchAll(
    /\b(?:(\w+)\s*=\s*)?(\w+)\.add_parser\(\s*["']([\w-]+)/g,
  )) {
    const command = [parsers.get(parents.get(owner) ?? ''), name].filter(Boolean).join(' ')
    if (variable) parsers.set(variable, command)
    commands.push(command)
  }
  return commands
}
