import { readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import type { Terminal } from './command.ts'
import { main } from './main.ts'

/** The program on a real terminal. npm changes to a folder of its own; paths are meant from where the user typed the command. */
export async function startProgram(): Promise<void> {
  const terminal: Terminal = {
    print: text => console.log(text),
    say: text => console.error(text),
    ask,
    cwd: process.env.INIT_CWD ?? process.cwd(),
    env: process.env,
  }
  process.exitCode = await main(process.argv.slice(2), terminal, versionIn(ownFolder()))
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

/** Of the package that this program is a part of: `<package>/dist/cli/index.js`, behind the link that npm makes. */
function ownFolder(): string {
  return dirname(dirname(dirname(realpathSync(process.argv[1] ?? ''))))
}

function versionIn(folder: string): string {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version
}
