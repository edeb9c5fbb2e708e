import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { messageOf, UserError } from '@tokenledger/kit'
import type { Command } from '../command.ts'
import { readAdopter } from '../init/adopter.ts'
import { readmeOutcome } from '../init/readme.ts'
import { diffOf, reportOf } from '../init/show.ts'
import { writeAll } from '../init/write-all.ts'
import { badgeRow } from './badge-row.ts'

const USAGE = `[PATH] [--write]
  PATH     the repository; the current folder unless given
  --write  write the badges to README.md, between markers, and show the change
Exit codes: 0 printed or written; 1 README.md was left, and why; 2 the call was not understood.`

export const badges: Command = {
  summary: "prints the badges that a project's own metadata gives, or writes them to its README",
  usage: USAGE,
  async run(args, terminal) {
    const { path, write } = optionsOf(args)
    const adopter = await readAdopter(resolve(terminal.cwd, path))
    const row = badgeRow(adopter)
    if (!write) {
      if (row.length > 0) terminal.print(row.map(({ markdown }) => markdown).join('\n'))
      else terminal.say('No badge can be made from what this project says of itself.')
      return 0
    }
    const outcome = readmeOutcome(adopter, [])
    if (outcome.kind === 'write') {
      terminal.print(`${diffOf([outcome])}\n`)
      writeAll(adopter.root, [outcome])
    }
    terminal.print(reportOf([outcome]))
    return outcome.kind === 'left' ? 1 : 0
  },
}

function optionsOf(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { write: { type: 'boolean' } },
    })
    const [path = '.', ...more] = positionals
    if (more.length > 0) throw new Error(`More than one folder: ${positionals.join(', ')}`)
    return { path, write: values.write ?? false }
  } catch (error) {
    throw new UserError(`${messageOf(error)}\nUsage: badges ${USAGE}`)
  }
}
