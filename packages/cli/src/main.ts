import { messageOf, UserError } from '@tokenledger/kit'
import type { Terminal } from './command.ts'
import { commands } from './commands.ts'

const NAME = 'tokenledger-actions'

/** The exit code of a call: that of the command, or 2 for one that was not understood. */
export async function main(args: readonly string[], terminal: Terminal, version: string): Promise<number> {
  const [word = '--help', ...rest] = args
  if (word === '--version') {
    terminal.print(version)
    return 0
  }
  if (word === '--help' || word === '-h' || word === 'help') {
    terminal.print(await overview())
    return 0
  }
  const load = Object.hasOwn(commands, word) ? commands[word] : undefined
  if (!load) {
    terminal.say(`There is no command "${word}".\n\n${await overview()}`)
    return 2
  }
  const command = await load()
  if (rest.includes('--help') || rest.includes('-h')) {
    terminal.print(`${NAME} ${word} ${command.usage}`)
    return 0
  }
  try {
    return await command.run(rest, terminal)
  } catch (error) {
    if (!(error instanceof UserError)) {
      terminal.say(`${messageOf(error)} (this is a bug of ${NAME})`)
      throw error
    }
    terminal.say(error.message)
    return 2
  }
}

async function overview(): Promise<string> {
  const words = Object.keys(commands).sort()
  const width = Math.max(...words.map(word => word.length))
  const lines = await Promise.all(
    words.map(async word => `  ${word.padEnd(width)}  ${(await commands[word]?.())?.summary}`),
  )
  return [
    `Usage: ${NAME} <command> [arguments]`,
    '',
    ...lines,
    '',
    `${NAME} <command> --help tells more.`,
  ].join('\n')
}
