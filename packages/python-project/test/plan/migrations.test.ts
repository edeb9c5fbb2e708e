import { describe, expect, it } from '@jest/globals'
import { valuesOf } from './project-in.ts'

const SCRIPT = '[project]\nname = "ledger"\nversion = "1"\n[project.scripts]\nledger = "ledger.cli:main"\n'

async function command(cli: string): Promise<unknown> {
  const values = await valuesOf({ 'pyproject.toml': SCRIPT, 'src/ledger/cli.py': cli })
  return values['migrations-command']
}

describe('migrations', () => {
  it('takes the directory called migrations before other numbered SQL files, and none of tests', async () => {
    expect(
      await valuesOf({
        'sql/1_report.sql': '',
        'tests/migrations/001_x.sql': '',
        'src/ledger/migrations/V1__init.sql': '',
        'src/ledger/migrations/V2.1__more.sql': '',
      }),
    ).toMatchObject({ 'migrations-tool': 'sql', 'migrations-directory': 'src/ledger/migrations' })
  })

  it('is not misled by SQL files without numbers', async () => {
    expect(await valuesOf({ 'migrations/seed.sql': '' })).toMatchObject({
      'has-migrations': false,
      'migrations-tool': '',
    })
  })

  it.each([
    [
      '[tool.alembic]',
      { 'pyproject.toml': '[project]\nname="x"\n[tool.alembic]\nscript_location = "%(here)s/db"' },
      'db',
    ],
    [
      'alembic.ini below',
      { 'backend/alembic.ini': '[alembic]\nscript_location = %(here)s/migrations\n' },
      'backend/migrations',
    ],
    [
      'a package path',
      { 'alembic.ini': '[alembic]\nscript_location = ledger:migrations\n' },
      'ledger/migrations',
    ],
    ['its files alone', { 'db/env.py': '', 'db/versions/1a_first.py': '', 'templates/env.py': '' }, 'db'],
  ])('finds Alembic by %s', async (_by, files, directory) => {
    expect(await valuesOf(files as Record<string, string>)).toMatchObject({
      'has-migrations': true,
      'migrations-tool': 'alembic',
      'migrations-directory': directory,
    })
  })

  it('takes a command when there is nothing else, and one that an input names before everything', async () => {
    const cli = 'import click\n@click.command()\ndef init_db(): ...\n'
    const files = { 'pyproject.toml': SCRIPT, 'src/ledger/cli.py': cli }
    expect(await valuesOf(files)).toMatchObject({
      'migrations-tool': 'command',
      'migrations-command': 'ledger init-db',
      'migrations-directory': '',
    })
    const sql = { ...files, 'migrations/001_x.sql': '' }
    expect(await valuesOf(sql, { migrationsCommand: 'ledger up' })).toMatchObject({
      'migrations-tool': 'command',
      'migrations-command': 'ledger up',
    })
  })

  it('refuses an input for a directory without migrations', async () => {
    await expect(valuesOf({ 'docs/x.md': '' }, { migrationsDirectory: 'docs' })).rejects.toThrow(
      'Input migrations-directory is "docs", which holds neither numbered SQL files (001_initial.sql) nor Alembic\'s env.py.',
    )
  })
})

describe('the command of a project', () => {
  it('is read from typer', async () => {
    const cli = `from typer import Typer
app = Typer()
database = Typer(no_args_is_help=True, name="db")
app.add_typer(database)
@app.command()
def serve(): ...
@database.command()
def init(force: bool = typer.Option(False, help="again (dangerous)")): ...
`
    expect(await command(cli)).toBe('ledger db init')
  })

  it('is read from click', async () => {
    const cli = `import click
@click.group()
def cli(): ...
@cli.group("db", help="the database (PostgreSQL)")
@click.pass_context
def database(context): ...
@database.command("status")
def status(): ...
@database.command(name="upgrade", help="to head (all)")
@click.option("--sql", is_flag=True)
def upgrade(sql): ...
`
    expect(await command(cli)).toBe('ledger db upgrade')
  })

  it('is read from argparse', async () => {
    const cli = `import argparse
parser = argparse.ArgumentParser()
commands = parser.add_subparsers()
db = commands.add_parser("db")
db_commands = db.add_subparsers(dest="action")
db_commands.add_parser("init", help="x")
`
    expect(await command(cli)).toBe('ledger db init')
  })

  it('is not made up', async () => {
    expect(await command('import typer\napp = typer.Typer()\n@app.command()\ndef init(): ...\n')).toBe('')
    expect(await command('# db init with typer\n')).toBe('')
  })
})
