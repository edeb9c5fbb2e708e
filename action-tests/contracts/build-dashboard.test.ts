import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { type Files, tempDir, writeFiles } from '@tokenledger/testkit'
import { runComposite, runStep } from './run-step.ts'
import { root } from './yaml-files.ts'

const PACKAGE = { 'dashboard/package.json': '{"name":"d","scripts":{"build":"true"}}' }
const LOCK = { 'dashboard/package-lock.json': '{}' }

const preflight = (files: Files, inputs: Record<string, string> = {}) => {
  const folder = tempDir('project-')
  writeFiles(folder, files)
  return runComposite('build-dashboard', inputs, folder, {}, 'preflight')
}

describe('build-dashboard, before it installs', () => {
  it.each<[string, Files, string]>([
    [
      'no package.json',
      LOCK,
      'No package.json in dashboard. Run actions/checkout before this step, or set working-directory.',
    ],
    [
      'no lock',
      PACKAGE,
      'No lock file in dashboard, so every build could take other packages. Run "npm install" in dashboard and commit package-lock.json.',
    ],
    [
      'pnpm',
      { ...PACKAGE, 'dashboard/pnpm-lock.yaml': '' },
      'dashboard/pnpm-lock.yaml is of a package manager that this action does not support; it runs npm.',
    ],
    [
      'Yarn',
      { ...PACKAGE, 'dashboard/yarn.lock': '' },
      'dashboard/yarn.lock is of a package manager that this action does not support; it runs npm.',
    ],
  ])('names the remedy for %s', async (_, files, message) => {
    const { status, log } = await preflight(files)
    expect(status).toBe(1)
    expect(log).toContain(`::error title=build-dashboard::${message}`)
  })

  it.each<[string, Files, Record<string, string>, object]>([
    ['24 when nothing says', {}, {}, { 'node-version': '24', 'node-version-file': '' }],
    [
      '.nvmrc before .node-version',
      { 'dashboard/.nvmrc': '22', 'dashboard/.node-version': '20' },
      {},
      { 'node-version': '', 'node-version-file': 'dashboard/.nvmrc' },
    ],
    [
      'the input before a file',
      { 'dashboard/.nvmrc': '22' },
      { 'node-version': '20' },
      { 'node-version': '20', 'node-version-file': '' },
    ],
  ])('takes Node.js %s', async (_, files, inputs, expected) => {
    const { status, outputs } = await preflight({ ...PACKAGE, ...LOCK, ...files }, inputs)
    expect(status).toBe(0)
    expect(outputs).toEqual({ lock: 'dashboard/package-lock.json', ...expected })
  })
})

describe('build-dashboard, where package.json has a script for coverage', () => {
  const measure = (scripts: Record<string, string>) => {
    const folder = tempDir('project-')
    writeFiles(folder, { 'web/package.json': JSON.stringify({ scripts }) })
    const step = { run: `node '${join(root, 'actions/build-dashboard/coverage.mjs')}'`, shell: 'bash' }
    return runStep(step, { INPUT_WORKING_DIRECTORY: 'web', RUNNER_TEMP: join(folder, 'temp') }, folder)
  }
  const lcov = (text: string) => `mkdir coverage && printf '${text}' >coverage/lcov.info`

  it('runs it and keeps lcov.info with paths that start at the workspace', async () => {
    const text = 'TN:\\nSF:src/costs.ts\\nDA:1,1\\nend_of_record\\n'
    const { status, outputs } = await measure({ 'test:coverage': 'exit 1', coverage: lcov(text) })
    expect(status).toBe(0)
    expect(outputs.script).toBe('coverage')
    expect(readFileSync(outputs.file ?? '', 'utf8')).toBe('TN:\nSF:web/src/costs.ts\nDA:1,1\nend_of_record\n')
  })

  it('keeps a path of the workspace where a tool writes whole paths', async () => {
    const { outputs } = await measure({ 'test:coverage': lcov('SF:\'"$PWD"\'/src/a b.ts\\n') })
    expect(readFileSync(outputs.file ?? '', 'utf8')).toBe('SF:web/src/a b.ts\n')
  })

  it('warns when the script has no lcov reporter, and fails when it failed', async () => {
    const without = await measure({ coverage: 'true' })
    expect(without.status).toBe(0)
    expect(without.log).toContain(
      '::warning title=build-dashboard::"npm run coverage" left no web/coverage/lcov.info, so the dashboard is not in the coverage. Add the lcov reporter to it.',
    )
    expect(without.outputs).toEqual({ script: 'coverage' })
    const failed = await measure({ coverage: `${lcov('TN:')} && exit 3` })
    expect([failed.status, failed.outputs]).toEqual([3, { script: 'coverage' }])
  })

  it('does nothing without one', async () => {
    expect(await measure({ test: 'exit 1' })).toEqual({ status: 0, log: '', summary: '', outputs: {} })
  })
})

describe('build-dashboard, after the build', () => {
  const report = (files: Files, outcomes: Record<string, string> = {}) => {
    const folder = tempDir('project-')
    writeFiles(folder, files)
    return runStep(
      { run: `node '${join(root, 'actions/build-dashboard/report.mjs')}'`, shell: 'bash' },
      {
        INPUT_WORKING_DIRECTORY: 'dashboard',
        INPUT_OUTPUT_DIRECTORY: 'dist',
        OUTCOMES: JSON.stringify({
          install: 'success',
          lint: 'success',
          coverage: 'success',
          build: 'success',
          ...outcomes,
        }),
        COVERAGE_SCRIPT: outcomes.coverage ? 'test:coverage' : '',
      },
      folder,
    )
  }

  it('measures every file raw and gzipped, without source maps, and says that lint did not exist', async () => {
    const { status, summary, outputs } = await report({
      ...PACKAGE,
      'dashboard/dist/index.html': 'x'.repeat(2048),
      'dashboard/dist/assets/logo.png': 'y'.repeat(1024),
      'dashboard/dist/assets/app.js.map': 'z'.repeat(9999),
    })
    expect(status).toBe(0)
    expect(summary).toMatch(/^### Dashboard: ✅ built, 1\.0 KiB gzipped in 2 files$/m)
    expect(summary).toContain('- lint: not run, since package.json has no script of that name')
    expect(summary).toMatch(/^\| `index\.html` \| 2\.0 KiB \| 0\.0 KiB \|$/m)
    expect(summary).toContain('| `assets/logo.png` | 1.0 KiB | 1.0 KiB |')
    expect(outputs).toMatchObject({ directory: 'dashboard/dist', size: '3072' })
  })

  it('fails when the build left nothing', async () => {
    const { status, log, summary } = await report(PACKAGE)
    expect(status).toBe(1)
    expect(log).toContain(
      'left nothing in dashboard/dist. Set output-directory to the folder that it writes.',
    )
    expect(summary).toContain('### Dashboard: ❌ nothing was built')
  })

  it.each([
    ['install', { install: 'failure', lint: 'skipped', build: 'skipped' }, '"npm ci" failed in dashboard.'],
    ['lint', { lint: 'failure', build: 'skipped' }, '"npm run lint" failed in dashboard;'],
    ['coverage', { coverage: 'failure', build: 'skipped' }, '"npm run test:coverage" failed in dashboard;'],
    ['build', { build: 'failure' }, '"npm run build" failed in dashboard;'],
  ])('names %s when that failed, and leaves the verdict to its step', async (name, outcomes, message) => {
    const { status, log, summary } = await report(PACKAGE, outcomes)
    expect(status).toBe(0)
    expect(log).toContain(`::error title=build-dashboard::${message}`)
    expect(summary).toContain(`### Dashboard: ❌ ${name} failed`)
  })

  it('has scripts without a syntax error', () => {
    const check = spawnSync('bash', ['-n', join(root, 'actions/build-dashboard/preflight.sh')], {
      encoding: 'utf8',
    })
    expect(check.stderr).toBe('')
  })
})
