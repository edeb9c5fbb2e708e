import { addPath, exportVariable } from '@tokenledger/kit'
import type { InstalledUv } from '@tokenledger/tool-install'
import { pathsFor, variablesFor } from './environment.ts'
import type { Prepared } from './prepare.ts'
import type { UsedPython } from './provide-python.ts'

/** The variables that the steps of this job and uv in this step get. */
export function jobVariables(prepared: Prepared, python: UsedPython): Record<string, string> {
  const { runner, inputs, project, plan, cache, venv } = prepared
  return variablesFor({
    caller: runner.env,
    pythonPath: python.path,
    cacheDirectory: cache.mount.from === 'chosen' ? cache.mount.directory : undefined,
    linkMode: cache.mount.linkMode,
    venv: plan.kind === 'none' ? undefined : venv,
    venvIsDefault:
      venv === runner.paths.path.resolve(project.lock?.directory ?? inputs.workingDirectory, '.venv'),
    activate: inputs.activate,
  })
}

/** Hands variables and PATH to the steps that follow. */
export function publish(prepared: Prepared, uv: InstalledUv, python: UsedPython): void {
  const { runner, inputs, plan } = prepared
  const venv = plan.kind === 'none' ? undefined : prepared.venv
  for (const [name, value] of Object.entries(jobVariables(prepared, python))) exportVariable(name, value)
  const facts = { uvDirectory: uv.directory, venv, activate: inputs.activate, python }
  for (const directory of pathsFor(facts, runner.paths)) addPath(directory)
}
