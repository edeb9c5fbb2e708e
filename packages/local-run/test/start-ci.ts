import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { tempDir } from '@tokenledger/testkit'

const program = fileURLToPath(new URL('../src/ci.ts', import.meta.url))
const children: ChildProcess[] = []

/** Ends what is still running. */
export function killAll(): void {
  for (const child of children) child.kill('SIGKILL')
}

/** A folder with one workflow. */
export function checkout(workflow: string): string {
  const folder = tempDir('ci-')
  mkdirSync(join(folder, '.github/workflows'), { recursive: true })
  writeFileSync(join(folder, '.github/workflows/ci.yml'), workflow)
  return folder
}

/** Runs `npm run ci` without npm; temporary files go to a folder of its own, so that what is left can be seen. */
export function start(repo: string, ...args: string[]) {
  const temp = tempDir('ci-temp-')
  // Under root PostgreSQL gets another account, which has to come through here.
  chmodSync(temp, 0o711)
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', program, '--offline', '--repo', repo, ...args],
    { env: { ...process.env, TMPDIR: temp, INIT_CWD: repo, NO_COLOR: '1' } },
  )
  children.push(child)
  let printed = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => {
      printed += chunk
    })
  const end = new Promise<{ code: number | null; text: string }>(resolve =>
    child.once('close', code => resolve({ code, text: stripVTControlCharacters(printed) })),
  )
  return { child, end, temp, printed: () => printed }
}
