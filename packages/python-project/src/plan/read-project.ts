import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Pyproject, readPyproject } from '../pyproject.ts'
import { type Checkout, findUpwards, readCheckout } from './checkout.ts'
import type { Overrides } from './overrides.ts'
import type { Project } from './project.ts'

/**
 * Reads what a plan looks at. A directory without pyproject.toml is a UserError.
 *
 * @param top the repository's folder, above which no lock file and no `.python-version` counts
 * @param overridesOf what a person set, in the words of this project
 */
export async function readProject(
  directory: string,
  top: string,
  overridesOf: (pyproject: Pyproject, checkout: Checkout) => Overrides = () => ({}),
): Promise<Project> {
  const pyproject = await readPyproject(directory)
  const checkout = readCheckout(directory)
  const versionFile = findUpwards(directory, top, '.python-version')
  const lockFile = findUpwards(directory, top, 'uv.lock')
  return {
    checkout,
    pyproject,
    overrides: overridesOf(pyproject, checkout),
    ...(versionFile ? { pythonVersionFile: readFileSync(join(directory, versionFile), 'utf8') } : {}),
    ...(lockFile ? { lockFile } : {}),
  }
}
