import { spawnSync } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

/** Runs the script that measures coverage, where there is one, and keeps what it left in coverage/lcov.info. */
const folder = process.env.INPUT_WORKING_DIRECTORY
const report = join(folder, 'coverage', 'lcov.info')
const { scripts = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
const script = ['coverage', 'test:coverage'].find(name => name in scripts)
if (script) {
  setOutput('script', script)
  process.exitCode = npmRun(script)
  if (process.exitCode === 0) keepReport()
}

function npmRun(name) {
  // On Windows npm is a batch file, which only a shell starts; the name is one of two words.
  const options = { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' }
  return spawnSync('npm', ['run', name], options).status ?? 1
}

/** Tools write paths from the dashboard's folder; in the copy they start at the workspace, for jobs that do not know it. */
function keepReport() {
  if (!existsSync(report)) {
    console.log(
      `::warning title=build-dashboard::"npm run ${script}" left no ${report}, so the dashboard is not in the coverage. Add the lcov reporter to it.`,
    )
    return
  }
  const target = join(process.env.RUNNER_TEMP, 'dashboard-coverage', 'lcov.info')
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(target, readFileSync(report, 'utf8').replace(/^SF:(.*?)(\r?)$/gm, fromWorkspace))
  setOutput('file', target)
}

function fromWorkspace(_line, path, end) {
  const workspace = process.env.GITHUB_WORKSPACE
  return `SF:${relative(workspace, resolve(workspace, folder, path)).replaceAll('\\', '/')}${end}`
}

function setOutput(name, value) {
  appendFileSync(process.env.GITHUB_OUTPUT, `${name}=${value}\n`)
}
