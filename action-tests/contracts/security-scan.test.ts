import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Files, tempDir, writeFiles } from '@tokenledger/testkit'
import { runComposite } from './run-step.ts'
import { pathWithUv } from './uv.ts'
import { root } from './yaml-files.ts'

const PATH = pathWithUv()
const RUNNER_TEMP = tempDir('runner-temp-')
const HOME = tempDir('home-')

/** A lock written by hand: reading it needs no index. */
const lock = (...names: string[]) =>
  [
    'version = 1\nrevision = 3\nrequires-python = ">=3.11"\n',
    ...names.map(
      name =>
        `[[package]]\nname = "${name}"\nversion = "1.0"\nsource = { registry = "https://index.invalid/simple" }\n`,
    ),
    '[[package]]\nname = "small"\nversion = "1.0"\nsource = { virtual = "." }\n',
    `dependencies = [${names.map(name => `{ name = "${name}" }`).join(', ')}]\n`,
    `[package.metadata]\nrequires-dist = [${names.map(name => `{ name = "${name}" }`).join(', ')}]\n`,
  ].join('\n')
const pyproject = (...names: string[]) =>
  `[project]\nname = "small"\nversion = "1.0"\nrequires-python = ">=3.11"\ndependencies = ${JSON.stringify(names)}\n`
const CLEAN = { 'small/__init__.py': 'x = 1\n', 'pyproject.toml': pyproject('fine'), 'uv.lock': lock('fine') }
const WEAK = { ...CLEAN, 'small/weak.py': 'import hashlib\n\nassert hashlib.md5(b"x")\n' }

let osv: Server
let service = ''
beforeAll(async () => {
  osv = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    const { name } = JSON.parse(body).package
    const affected = [
      { package: { name, ecosystem: 'PyPI' }, ranges: [{ type: 'ECOSYSTEM', events: [{ fixed: '1.1' }] }] },
    ]
    const vulnerability = {
      id: 'PYSEC-2026-1',
      aliases: ['CVE-2026-1'],
      summary: 'It leaks. Badly.',
      affected,
    }
    response.end(JSON.stringify(name === 'leaky' ? { vulns: [vulnerability] } : {}))
  })
  await new Promise<void>(resolve => osv.listen(0, '127.0.0.1', resolve))
  service = `http://127.0.0.1:${(osv.address() as AddressInfo).port}/v1/query`
})
afterAll(() => new Promise(resolve => osv.close(resolve)))

const scan = (files: Files, inputs: Record<string, string> = {}) => {
  const folder = tempDir('project-')
  writeFiles(folder, files)
  const given = { 'bandit-paths': 'small', 'vulnerability-service': service, ...inputs }
  return runComposite('security-scan', given, folder, { PATH, RUNNER_TEMP, XDG_CACHE_HOME: HOME })
}
const unreachable = { 'vulnerability-service': 'http://127.0.0.1:9/v1/query' }

describe('security-scan', () => {
  it.each(['report', 'gate'])('says clean about clean code and packages (mode %s)', async mode => {
    const { status, log, outputs, summary } = await scan(CLEAN, { mode })
    expect({ status, log }).toEqual({ status: 0, log: '' })
    expect(outputs).toMatchObject({ verdict: 'clean', 'code-findings': '0', vulnerabilities: '0' })
    expect(summary).toContain('### Security: ✅ no findings')
    expect(summary).toContain(
      '| pip-audit | 1 of 1 package of uv.lock (extras: *, groups: none) | no vulnerabilities |',
    )
  })

  it.each([
    ['report', 0, 'warning'],
    ['gate', 1, 'error'],
  ])('reports a bandit finding at its line (mode %s)', async (mode, expected, level) => {
    const { status, log, outputs, summary } = await scan(WEAK, { mode, severity: 'high' })
    expect(status).toBe(expected)
    expect(log).toMatch(new RegExp(`^::${level} title=bandit,file=small/weak\\.py,line=3::B324 `, 'm'))
    expect(log).not.toContain('B101')
    expect(outputs).toMatchObject({ verdict: 'findings', 'code-findings': '1' })
    expect(summary).toContain('1 finding (1 more below the threshold or ignored)')
    expect(summary).toContain('below high')
  })

  it('writes SARIF with paths as the repository has them', async () => {
    const files = Object.fromEntries(Object.entries(WEAK).map(([path, text]) => [`server/${path}`, text]))
    const { outputs } = await scan(files, { 'working-directory': 'server' })
    const sarif = JSON.parse(readFileSync(outputs['sarif-path'] ?? '', 'utf8'))
    const places = sarif.runs[0].results.map(
      (result: { locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }) =>
        result.locations[0]?.physicalLocation.artifactLocation.uri,
    )
    expect(new Set(places)).toEqual(new Set(['server/small/weak.py']))
  })

  it('takes the configuration of bandit from pyproject.toml', async () => {
    const configured = `${pyproject('fine')}[tool.bandit]\nskips = ["B101", "B324"]\n`
    const { outputs, summary } = await scan({ ...WEAK, 'pyproject.toml': configured })
    expect(outputs.verdict).toBe('clean')
    expect(summary).toContain('| bandit | small (pyproject.toml), 3 lines | no findings |')
  })

  it('never takes code that bandit did not read for clean code', async () => {
    const unreadable = await scan({ ...CLEAN, 'small/bad.py': 'def (\n' }, { mode: 'gate' })
    expect(unreadable.status).toBe(1)
    expect(unreadable.outputs).toMatchObject({ verdict: 'could-not-run', 'code-findings': '' })
    expect(unreadable.log).toContain(
      '::error title=bandit could not run::scan could not run: bandit could not read small/bad.py',
    )
    const absent = await scan(CLEAN, { 'bandit-paths': 'small,gone' })
    expect(absent.status).toBe(0)
    expect(absent.log).toMatch(
      /^::warning title=bandit could not run::scan could not run: gone does not exist in /m,
    )
    expect(absent.outputs.verdict).toBe('could-not-run')
  })
})

describe('the audit of packages', () => {
  const LEAKY = { ...CLEAN, 'pyproject.toml': pyproject('fine', 'leaky'), 'uv.lock': lock('fine', 'leaky') }

  it.each([
    ['report', 0, 'warning'],
    ['gate', 1, 'error'],
  ])('reports a known vulnerability with its fix (mode %s)', async (mode, expected, level) => {
    const { status, log, outputs } = await scan(LEAKY, { mode })
    expect(status).toBe(expected)
    expect(log).toContain(
      `::${level} title=pip-audit::PYSEC-2026-1 / CVE-2026-1 leaky 1.0: It leaks. Fixed in 1.1.`,
    )
    expect(outputs).toMatchObject({ verdict: 'findings', vulnerabilities: '1' })
  })

  it('lets an ignored vulnerability pass, by its alias and with the reason in the table', async () => {
    const { status, outputs, summary } = await scan(LEAKY, {
      mode: 'gate',
      'ignore-vulnerabilities': 'CVE-2026-1: not called',
    })
    expect(status).toBe(0)
    expect(outputs).toMatchObject({ verdict: 'clean', vulnerabilities: '0' })
    expect(summary).toContain('ignored: not called')
  })

  it('points out an ignored vulnerability that is gone, and refuses one without a reason', async () => {
    const gone = await scan(CLEAN, { 'ignore-vulnerabilities': 'PYSEC-2026-1: not called' })
    expect(gone.log).toContain(
      '::notice title=pip-audit::PYSEC-2026-1 is ignored but not found any more; remove it.',
    )
    const bare = await scan(CLEAN, { 'ignore-vulnerabilities': 'PYSEC-2026-1' })
    expect(bare.status).toBe(1)
    expect(bare.log).toContain(
      'Input ignore-vulnerabilities has "PYSEC-2026-1"; each line has to be "ID: reason".',
    )
  })

  it('only warns in report mode when the database cannot be reached, and never says "no findings"', async () => {
    const { status, log, outputs, summary } = await scan(CLEAN, unreachable)
    expect(status).toBe(0)
    expect(log).toMatch(
      /^::warning title=pip-audit could not run::audit could not run: pip-audit ended with exit 1: .*Connection/m,
    )
    expect(outputs).toMatchObject({ verdict: 'could-not-run', vulnerabilities: '' })
    const [verdict = ''] = summary.split('\n')
    expect(verdict).toBe('### Security: ⚠️ audit could not run (mode: report, the job does not fail)')
  })

  it('fails in gate mode when the database cannot be reached', async () => {
    const { status, log, summary } = await scan(CLEAN, { ...unreachable, mode: 'gate' })
    expect(status).toBe(1)
    expect(log).toMatch(/^::error title=pip-audit could not run::audit could not run: /m)
    expect(summary).toMatch(/^### Security: ❌ audit could not run$/m)
  })

  it('says so when the lock is stale, and audits what resolves instead', async () => {
    const { log, outputs, summary } = await scan({ ...CLEAN, 'pyproject.toml': pyproject() })
    expect(outputs.verdict).toBe('clean')
    expect(log).toContain(
      '::notice title=pip-audit::uv.lock is out of date for pyproject.toml, so a fresh resolution was audited.',
    )
    expect(summary).toContain('0 packages of a fresh resolution')
  })

  it('says so when there is no lock', async () => {
    const { 'uv.lock': _, ...unlocked } = { ...CLEAN, 'pyproject.toml': pyproject() }
    expect((await scan(unlocked)).log).toContain(
      'There is no uv.lock, so what the index resolves to today was audited.',
    )
  })

  it('could not run when nothing can be resolved', async () => {
    const { 'uv.lock': _, ...unlocked } = { ...CLEAN, 'pyproject.toml': pyproject('small>99') }
    const { log, outputs } = await scan(unlocked)
    expect(outputs.verdict).toBe('could-not-run')
    expect(log).toContain('audit could not run: The dependencies could not be resolved (uv, exit 1)')
  })

  it('refuses a mode that it does not know', async () => {
    const { status, log } = await scan(CLEAN, { mode: 'fail' })
    expect(status).toBe(1)
    expect(log).toContain('::error::Input mode is "fail"; allowed: report, gate.')
  })
})

describe('the database that knows no package', () => {
  it('is an audit that could not run, although pip-audit ends 0', () => {
    // PyPI's own answer cannot be asked for here: pip-audit's report for a mirror without the database.
    const report = { dependencies: [{ name: 'a', skip_reason: 'Dependency not found on PyPI' }], fixes: [] }
    const outcome = readReport(report)
    expect(outcome).toEqual({
      verdict: 'could-not-run',
      failure: 'the one package could not be audited: Dependency not found on PyPI',
    })
  })

  it('of one package among others is named', () => {
    const dependencies = [
      { name: 'a', skip_reason: 'not found' },
      { name: 'b', version: '1', vulns: [] },
    ]
    expect(readReport({ dependencies, fixes: [] })).toEqual({ verdict: 'clean', failure: '' })
  })
})

/** The outcome that the script reads from a report of pip-audit. */
function readReport(report: object): { verdict: string; failure: string } {
  const code = [
    'import json, sys',
    'sys.path[:0] = sys.argv[1:3]',
    'from dependency_audit import read_report',
    'outcome = read_report(json.loads(sys.argv[3]), "uv.lock", [], [])',
    'print(json.dumps({"verdict": outcome.verdict, "failure": outcome.failure}))',
  ].join('\n')
  const folders = [join(root, 'actions', 'security-scan'), join(root, 'actions')]
  const { stdout, stderr } = spawnSync('python3', ['-B', '-c', code, ...folders, JSON.stringify(report)], {
    encoding: 'utf8',
  })
  if (stderr) throw new Error(stderr)
  return JSON.parse(stdout)
}
