import { createInterface } from 'node:readline/promises'
import type { Terminal } from './command.ts'
import { main } from './main.ts'

/** The program on a real terminal. npm changes to a folder of its own; paths are meant from where the user typed the command. */
export async function start(version: string): Promise<void> {
  const terminal: Terminal = {
    print: text => console.log(text),
    say: text => console.error(text),
    ask,
    cwd: process.env.INIT_CWD ?? process.cwd(),
    env: process.env,
  }
  process.exitCode = await main(process.argv.slice(2), terminal, version)
}

async function ask(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) return false
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^y(?:es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim())
  } finally {
    terminal.close()
  }
}
