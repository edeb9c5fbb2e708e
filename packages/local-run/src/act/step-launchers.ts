import { access, chmod, constants, mkdir, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'

/** What act starts steps with. */
const PROGRAMS = ['bash', 'sh', 'node']

/** Long enough for act to read what a step wrote last, also on a busy computer. */
const DRAIN_SECONDS = '0.5'

/**
 * Writes launchers for act's PATH that start the real program and, when it failed, end a moment later. act stops
 * reading a step's terminal as soon as the step has failed, so the very lines that say why were lost or came late.
 * The launchers take their folder off PATH: a step sees the PATH that it would have without them.
 */
export async function writeLaunchers(folder: string, path: string): Promise<string> {
  await mkdir(folder)
  if (process.platform === 'win32') return path
  for (const program of PROGRAMS) {
    const real = await find(program, path)
    if (!real) continue
    await writeFile(join(folder, program), launcher(folder, real))
    await chmod(join(folder, program), 0o755)
  }
  return [folder, path].join(delimiter)
}

function launcher(folder: string, program: string): string {
  return `#!/bin/sh
own=${quoted(folder)}
case $PATH in *"$own"*)
  before=\${PATH%%"$own"*}
  after=\${PATH#*"$own"}
  PATH=$before\${after#:}
esac
unset own before after
${quoted(program)} "$@"
code=$?
[ "$code" -eq 0 ] || sleep ${DRAIN_SECONDS}
exit "$code"
`
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

async function find(program: string, path: string): Promise<string | undefined> {
  for (const directory of path.split(delimiter)) {
    const file = join(directory, program)
    const isThere = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (isThere) return file
  }
  return undefined
}
