import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

/** Milliseconds that @actions/cache takes to restore an entry, in a process of its own and without its loading. */
export async function restoreWithToolkit(
  path: string,
  key: string,
  env: Readonly<Record<string, string>>,
): Promise<number> {
  const child = spawn(process.execPath, [import.meta.filename, path, key], {
    env: { PATH: process.env.PATH, GITHUB_SERVER_URL: 'https://github.com', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const output = text(child.stdout)
  await once(child, 'exit')
  const ms = /^restored in (\d+) ms$/m.exec(await output)?.[1]
  if (!ms) throw new Error(`@actions/cache restored nothing:\n${await output}`)
  return Number(ms)
}

if (process.argv[1] === import.meta.filename) {
  const [path = '', key = ''] = process.argv.slice(2)
  const { restoreCache } = await import('@actions/cache')
  const started = performance.now()
  const matched = await restoreCache([path], key)
  if (matched === key) console.log(`restored in ${Math.round(performance.now() - started)} ms`)
}
