import { type Files, tempDir, writeFiles } from '@tokenledger/testkit'
import { readPyproject } from '../../src/index.ts'
import { readCheckout } from '../../src/plan/checkout.ts'
import type { Overrides } from '../../src/plan/overrides.ts'
import { planOf } from '../../src/plan/plan.ts'
import type { Project } from '../../src/plan/project.ts'

export const PROJECT = '[project]\nname = "ledger"\nversion = "1.0"\nrequires-python = ">=3.12"\n'

/** A project of these files in a new directory, whose name holds a blank and an umlaut. */
export async function projectIn(files: Files, overrides: Overrides = {}): Promise<Project> {
  const directory = tempDir('ein prüfling ')
  writeFiles(directory, { 'pyproject.toml': PROJECT, ...files })
  return { pyproject: await readPyproject(directory), checkout: readCheckout(directory), overrides }
}

/** The values of the plan by name. */
export async function valuesOf(files: Files, overrides: Overrides = {}): Promise<Record<string, unknown>> {
  const findings = planOf(await projectIn(files, overrides))
  return Object.fromEntries(Object.entries(findings).map(([name, { value }]) => [name, value]))
}

/** The reasons of the plan by name. */
export async function reasonsOf(files: Files, overrides: Overrides = {}): Promise<Record<string, string>> {
  const findings = planOf(await projectIn(files, overrides))
  return Object.fromEntries(Object.entries(findings).map(([name, { reason }]) => [name, reason]))
}
