import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { measure } from './sizes.mjs'

/** Writes the summary of the steps before it, and fails when the build left nothing to publish. */
const folder = process.env.INPUT_WORKING_DIRECTORY
const output = join(folder, process.env.INPUT_OUTPUT_DIRECTORY)
const outcomes = JSON.parse(process.env.OUTCOMES)
const failed = Object.keys(outcomes).find(name => outcomes[name] === 'failure')
const built = outcomes.build === 'success'
const files = built && existsSync(output) ? measure(output) : []

if (failed) complain(remedy(failed))
else if (built && files.length === 0) {
  complain(
    `"npm run build" ended well but left nothing in ${output}. Set output-directory to the folder that it writes.`,
  )
  process.exitCode = 1
}
write(process.env.GITHUB_STEP_SUMMARY, summary())
write(process.env.GITHUB_OUTPUT, outputs())

function remedy(name) {
  const script = name === 'coverage' ? process.env.COVERAGE_SCRIPT : name
  if (name !== 'install')
    return `"npm run ${script}" failed in ${folder}; its output is in the step before this one.`
  return `"npm ci" failed in ${folder}. When it says that the lock file is not in sync, run "npm install" there and commit package-lock.json.`
}

function summary() {
  const lines = [`### Dashboard: ${verdict()}`, '', `- install: ${outcomes.install}`, `- lint: ${lint()}`]
  if (process.env.COVERAGE_SCRIPT) lines.push(`- coverage: ${outcomes.coverage}`)
  lines.push(`- build: ${outcomes.build}`, '')
  if (files.length > 0) lines.push(...table(), '')
  return `${lines.join('\n')}\n`
}

function verdict() {
  if (failed) return `❌ ${failed} failed`
  if (files.length === 0) return '❌ nothing was built'
  return `✅ built, ${kib(total('gzip'))} gzipped in ${files.length} ${files.length === 1 ? 'file' : 'files'}`
}

function lint() {
  const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return scripts?.lint ? outcomes.lint : 'not run, since package.json has no script of that name'
}

function table() {
  const shown = files.slice(0, 30)
  const rows = shown.map(({ name, raw, gzip }) => `| \`${name}\` | ${kib(raw)} | ${kib(gzip)} |`)
  const rest = files.length - shown.length
  if (rest > 0) rows.push(`| ${rest} smaller files | | |`)
  rows.push(`| **all** | **${kib(total('raw'))}** | **${kib(total('gzip'))}** |`)
  return ['| file | size | gzipped |', '| --- | ---: | ---: |', ...rows]
}

function outputs() {
  return `size=${total('raw')}\ngzip-size=${total('gzip')}\ndirectory=${output.replaceAll('\\', '/')}\n`
}

function total(key) {
  return files.reduce((sum, file) => sum + file[key], 0)
}

function kib(bytes) {
  return `${(bytes / 1024).toFixed(1)} KiB`
}

function complain(message) {
  console.log(`::error title=build-dashboard::${message}`)
}

function write(path, text) {
  if (path) appendFileSync(path, text)
}
