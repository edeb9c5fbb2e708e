import { mkdtemp, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { exec, lastLines, UserError } from '@tokenledger/kit'
import type { PublishIndex } from '../services/publish-index.ts'

/**
 * Builds what a checkout holds and uploads it, as the version that was released before the story begins. So the project is one
 * of this index, whatever another one has of that name.
 */
export async function publishEarlier(
  checkout: string,
  { environment }: Pick<PublishIndex, 'environment'>,
): Promise<void> {
  const wheels = `${checkout}-wheels`
  const { LOCAL_RUN_TWINE: twine = '', LOCAL_RUN_PUBLISH_INDEX: address = '' } = environment
  // What pip leaves when it is stopped goes with the story's folder.
  const TMPDIR = await mkdtemp(`${checkout}-`)
  const quiet = ['--no-deps', '--no-input', '--quiet']
  await run('python3', ['-m', 'pip', 'wheel', ...quiet, '--wheel-dir', wheels, checkout], {
    ...environment,
    TMPDIR,
  })
  const files = (await readdir(wheels)).map(name => join(wheels, name))
  const upload = ['upload', '--non-interactive', '--disable-progress-bar', '--repository-url', address]
  const account = { ...environment, TWINE_USERNAME: '__token__', TWINE_PASSWORD: 'of nobody' }
  await run(twine, ['-I', '-m', 'twine', ...upload, ...files], account)
}

async function run(program: string, args: readonly string[], more: Readonly<Record<string, string>>) {
  const own = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const done = await exec(program, args, { env: { ...Object.fromEntries(own), ...more } })
  if (done.exitCode === 0) return
  throw new UserError(
    `The example's earlier version could not be published:\n${lastLines(done.stderr || done.stdout, 6)}`,
  )
}
