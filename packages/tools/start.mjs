// Runs one of this repository's TypeScript programs on a machine that has Node >= 20 and nothing else:
// installs the locked dependencies when they are missing or stale, then hands over to Node 24, the version that
// GitHub's runner uses for our actions (and which runs TypeScript as it is).
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, statSync, utimesSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const [program, ...args] = process.argv.slice(2)
if (!program)
  fail('Usage: node packages/tools/start.mjs <program.ts> [arguments], or --install to install alone')
if (major(process.version) < 20)
  fail(`Node ${process.version} is too old; install Node 20 or later and run this again.`)

installDependencies()
if (program === '--install') process.exit(0)
const node = findNode24()
const child = spawn(node, ['--disable-warning=ExperimentalWarning', join(root, program), ...args], {
  stdio: 'inherit',
  cwd: process.cwd(),
})
// The terminal sends Ctrl-C to the whole group; a signal to this process alone is passed on. Either way the child
// cleans up and its end is ours.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('error', error => fail(`Node 24 did not start (${error.message}).`))
child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 1)))

function installDependencies() {
  const lock = join(root, 'package-lock.json')
  const installed = join(root, 'node_modules', '.package-lock.json')
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return
  console.error('Installing the locked npm packages (once, about 20 s) ...')
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  })
  if (npm.error) fail(`npm was not found (${npm.error.message}). It comes with Node; check your PATH.`)
  if (npm.status !== 0)
    fail(
      'npm ci failed; its message is above. Without a network, set npm_config_registry to a mirror that you can reach.',
    )
  const now = new Date()
  utimesSync(installed, now, now)
}

function findNode24() {
  if (major(process.version) >= 24) return process.execPath
  const name =
    process.platform === 'win32' ? `node-win-${process.arch}` : `node-${process.platform}-${process.arch}`
  const bundled = join(root, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (existsSync(bundled)) return bundled
  fail(
    `There is no Node 24 for ${process.platform}-${process.arch} among the npm packages; install Node 24 and run this again.`,
  )
}

function major(version) {
  return Number(/^v(\d+)/.exec(version)?.[1])
}

function fail(message) {
  console.error(message)
  process.exit(1)
}
