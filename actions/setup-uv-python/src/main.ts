import { relative, sep } from 'node:path'
import { info, setOutput, writeSummary } from '@tokenledger/kit'
import { type InstalledUv, installUv } from '@tokenledger/tool-install'
import { type Restored, restoreCache, saveCache } from './cache-run.ts'
import { countPackages, install } from './install.ts'
import { type Prepared, prepare } from './prepare.ts'
import { providePython, type UsedPython } from './provide-python.ts'
import { jobVariables, publish } from './publish.ts'
import { type Findings, outputsOf, summaryLine, summaryParts } from './report.ts'
import { timed } from './timed.ts'
import { uvRequest } from './uv-request.ts'

/** Sets up uv, Python, the dependencies and the cache. Outputs are set also when it fails, as far as they are known. */
export async function main(): Promise<void> {
  const findings: Findings = {
    cache: { hit: 'off', key: '', matchedKey: '', bytes: 0, reason: 'not reached' },
    timings: {},
  }
  try {
    await setUp(findings)
    // The clock of the process started with Node itself, which the step waits for as well.
    info(summaryLine(findings, performance.now()))
    await writeSummary(summaryParts(findings, performance.now()))
  } finally {
    for (const [name, value] of Object.entries(outputsOf(findings, performance.now()))) setOutput(name, value)
  }
}

async function setUp(findings: Findings): Promise<void> {
  const prepared = await timed(findings, 'python', () => prepare(process.env))
  const [uv, restored] = await Promise.all([getUv(prepared, findings), getCache(prepared, findings)])
  const python = await providePython(uv.path, prepared.python, prepared.runner.env)
  findings.python = python
  await installProject(prepared, { uv, python, restored }, findings)
  publish(prepared, uv, python)
  if (restored.wantsSave) await timed(findings, 'save', () => saveCache(prepared, uv))
}

async function getUv({ inputs, project, python }: Prepared, findings: Findings): Promise<InstalledUv> {
  const interpreter = python.kind === 'found' ? python.python.path : undefined
  const uv = await timed(findings, 'uv', () => installUv(uvRequest(inputs.uv, project, interpreter)))
  info(`uv ${uv.version} (${uv.reason}): ${uv.path} (${uv.source})`)
  findings.uv = uv
  return uv
}

async function getCache({ cache, runner }: Prepared, findings: Findings): Promise<Restored> {
  const restored = await timed(findings, 'cache', () => restoreCache(cache, runner))
  findings.cache = restored
  return restored
}

interface Ingredients {
  readonly uv: InstalledUv
  readonly python: UsedPython
  readonly restored: Restored
}

async function installProject(prepared: Prepared, { uv, python, restored }: Ingredients, findings: Findings) {
  const { plan, runner, inputs, project, venv } = prepared
  if (plan.kind === 'none') return
  info(`Installing with ${plan.kind === 'sync' ? 'uv.lock' : 'a fresh resolution'}: ${plan.reason}.`)
  const variables = { UV_PROJECT_ENVIRONMENT: venv, UV_NO_PROGRESS: '1' }
  await timed(findings, 'sync', () =>
    install(plan, {
      uv: uv.path,
      python: python.path,
      workingDirectory: inputs.workingDirectory,
      venv,
      venvRestored: inputs.cache.content === 'venv' && restored.matchedKey !== '',
      lockFile: project.lock && fromWorkspace(project.lock.directory, runner.workspace),
      env: { ...runner.env, ...jobVariables(prepared, python), ...variables },
    }),
  )
  findings.venv = venv
  findings.packages = countPackages(runner.paths.sitePackages(venv, python))
}

function fromWorkspace(directory: string, workspace: string): string {
  return [...relative(workspace, directory).split(sep), 'uv.lock'].filter(Boolean).join('/')
}
