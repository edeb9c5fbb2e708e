import { inputs, mask } from '@tokenledger/kit'
import type { Pyproject } from '@tokenledger/python-project'
import {
  type Checkout,
  FINAL_INPUTS,
  type FinalInput,
  type Overrides,
} from '@tokenledger/python-project/plan'
import { definedNames, existingDirectory, existingPaths } from './input-values.ts'
import { pythonVersionsOf } from './python-versions-input.ts'

/** The word that switches a finding off; an empty input means "not given". */
const OFF = 'none'

/** The input `working-directory`, relative to the workspace. */
export function readWorkingDirectory(): string {
  return inputs.optional('working-directory', '.')
}

/** The input `summary`: a job that detects on its way to something else keeps its summary for that. */
export function wantsSummary(): boolean {
  return inputs.flag('summary', true)
}

export interface SkipUnaffected {
  readonly token: string
  /** Names of jobs that every file may influence, as they were given. */
  readonly always: readonly string[]
}

/** The input `skip-unaffected` with what belongs to it; undefined when it is false. */
export function readSkipUnaffected(): SkipUnaffected | undefined {
  const token = inputs.optional('github-token')
  if (token) mask(token)
  if (!inputs.flag('skip-unaffected', false)) return undefined
  return { token, always: inputs.list('always-affected') }
}

/** Reads the inputs that replace findings; what cannot hold in this checkout is a UserError. */
export function readOverrides(pyproject: Pyproject, checkout: Checkout): Overrides {
  return {
    ...given('python-versions', text => ({ pythonVersions: pythonVersionsOf(text, pyproject) })),
    ...given('default-python', defaultPython => ({ defaultPython })),
    ...given('extras', text => ({ extras: definedNames('Extra', text, Object.keys(pyproject.extras)) })),
    ...given('groups', text => ({
      groups: definedNames('Dependency group', text, Object.keys(pyproject.groups)),
    })),
    ...given('source-paths', text => ({ sourcePaths: existingPaths('source-paths', text, checkout) })),
    ...given('test-paths', text => ({ testPaths: existingPaths('test-paths', text, checkout) })),
    ...given('integration-marker', integrationMarker => ({ integrationMarker })),
    ...migrationsTool(),
    ...given('migrations-command', migrationsCommand => ({ migrationsCommand })),
    ...given('migrations-directory', text => ({
      migrationsDirectory: existingDirectory('migrations-directory', text, checkout),
    })),
    ...given('dashboard-directory', text => ({
      dashboardDirectory: existingDirectory('dashboard-directory', text, checkout),
    })),
    final: new Map(
      FINAL_INPUTS.flatMap(name => (name === 'has-coverage' ? hasCoverage() : finalInput(name))),
    ),
  }
}

function migrationsTool(): Overrides {
  const migrationsTool = inputs.oneOf('migrations-tool', ['auto', 'sql', 'alembic', 'command'], 'auto')
  return migrationsTool === 'auto' ? {} : { migrationsTool }
}

function given<T extends Overrides>(name: string, read: (text: string) => T): T | undefined {
  const text = inputs.optional(name)
  return text ? read(text === OFF ? '' : text) : undefined
}

function hasCoverage(): [FinalInput, string][] {
  const text = inputs.oneOf('has-coverage', ['auto', 'true', 'false'], 'auto')
  return text === 'auto' ? [] : [['has-coverage', text]]
}

function finalInput(name: FinalInput): [FinalInput, string][] {
  const text = inputs.optional(name)
  return text ? [[name, text === OFF ? '' : text]] : []
}
