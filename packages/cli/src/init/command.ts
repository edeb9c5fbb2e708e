import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { messageOf, UserError } from '@tokenledger/kit'
import type { Command, Terminal } from '../command.ts'
import { readAdopter } from './adopter.ts'
import { lacking } from './lacking.ts'
import type { Outcome } from './outcome.ts'
import { planFiles } from './plan.ts'
import { parseReference } from './reference.ts'
import { diffOf, reportOf } from './show.ts'
import { writeAll } from './write-all.ts'

const USAGE = `[PATH] [--yes] [--dry-run] [--owner NAME/REPO@REF]
  PATH                   the repository; the current folder unless given
  --yes                  write without a question
  --dry-run              show what would be written, and write nothing
  --owner NAME/REPO@REF  what the workflows call; org/tokenledger-actions@v1, or what they call already, unless given
Exit codes: 0 written, or nothing to write; 1 the answer was no; 2 the call was not understood, or the folder cannot adopt.`

export const init: Command = {
  summary: 'writes the workflows and settings that a repository needs',
  usage: USAGE,
  async run(args, terminal) {
    const { path, yes, dryRun, owner } = optionsOf(args)
    const adopter = await readAdopter(resolve(terminal.cwd, path))
    const outcomes = planFiles(adopter, owner)
    const writes = outcomes.filter(outcome => outcome.kind === 'write')
    if (writes.length > 0) terminal.print(`${diffOf(writes)}\n`)
    terminal.print(reportOf(outcomes))
    for (const line of lacking(adopter)) terminal.say(`! ${line}`)
    if (writes.length === 0) {
      terminal.say('Everything is in place; there is nothing to write.')
      return 0
    }
    if (dryRun) {
      terminal.say(`Nothing was written (--dry-run); ${filesIn(writes.length)} would be.`)
      return 0
    }
    if (!yes && !(await terminal.ask(`Write ${filesIn(writes.length)}?`))) {
      terminal.say('Nothing was written. --yes writes without a question.')
      return 1
    }
    writeAll(adopter.root, writes)
    tellWhatIsLeft(outcomes, terminal)
    return 0
  },
}

function optionsOf(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { yes: { type: 'boolean' }, 'dry-run': { type: 'boolean' }, owner: { type: 'string' } },
    })
    const [path = '.', ...more] = positionals
    if (more.length > 0) throw new Error(`More than one folder: ${positionals.join(', ')}`)
    const owner = values.owner === undefined ? undefined : parseReference(values.owner)
    return { path, yes: values.yes ?? false, dryRun: values['dry-run'] ?? false, owner }
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError(`${messageOf(error)}\nUsage: init ${USAGE}`)
  }
}

/** What no file can set. */
function tellWhatIsLeft(outcomes: readonly Outcome[], { say }: Terminal): void {
  const written = (name: string) =>
    outcomes.some(({ kind, path }) => kind === 'write' && path.endsWith(`/${name}`))
  say('Written. Look at it with git diff, and commit it.')
  if (written('release.yml'))
    say(
      'On PyPI: add a trusted publisher for release.yml and the environment pypi, and make that environment on GitHub.',
    )
  if (written('version-bump.yml'))
    say('On GitHub: Settings → Actions → General → allow GitHub Actions to create pull requests.')
}

function filesIn(count: number): string {
  return count === 1 ? '1 file' : `${count} files`
}
