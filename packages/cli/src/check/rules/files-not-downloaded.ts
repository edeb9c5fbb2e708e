import { buildsPackage, downloads, isOwnStep, uploadsToIndex } from '../facts/packages.ts'
import { allJobs } from '../facts/steps.ts'
import type { Place, Rule } from '../finding.ts'
import type { Step } from '../model/step.ts'

const FILE_INPUTS: Readonly<Record<string, readonly string[]>> = {
  'softprops/action-gh-release': ['files'],
  'ncipollo/release-action': ['artifacts', 'artifact'],
  'svenstaro/upload-release-action': ['file'],
  'actions/attest-build-provenance': ['subject-path'],
  'actions/attest': ['subject-path'],
}
const BUILT = /(?:^|[\s'"/,])(?:dist|build|wheelhouse)\//
const BUILT_FILES = /(?:^|[\s'"/])(?:dist|wheelhouse)\/[\w*.{},-]*/
/** What may well write to dist; who calls one of these is not blamed. */
const OTHER_BUILD =
  /build|pyinstaller|nuitka|\b(?:make|nox|tox|invoke|just|task|mkdir -p dist|cp|mv|tar|zip)\b|scripts?\//i

export const filesNotDownloaded: Rule = {
  id: 'files-not-downloaded',
  level: 'error',
  why: 'Each job starts on an empty machine. A release action only warns that a pattern matches no file, so the job is green and the release has no files.',
  fix: 'Keep the files by actions/upload-artifact in the job that builds them, and add actions/download-artifact with the same name before this step.',
  *find(repository) {
    for (const { id, steps } of allJobs(repository))
      for (const [index, step] of steps.entries()) {
        const at = builtFilesOf(step)
        if (at && !steps.slice(0, index).some(brings))
          yield { at, message: `job ${id} uses built files that no step of it builds or downloads` }
      }
  },
}

function brings(step: Step): boolean {
  // What an action of the repository does is not looked at; one that builds is named after it.
  const mayBuild = step.uses?.kind === 'local' || /build|wheel|package|maturin/i.test(step.action)
  return mayBuild || buildsPackage(step) || downloads(step) || step.says(OTHER_BUILD)
}

function builtFilesOf(step: Step): Place | undefined {
  const names = FILE_INPUTS[step.action] ?? (isOwnStep(step, 'changelog-release') ? ['files'] : [])
  const input = names.map(name => step.with(name)).find(value => value && BUILT.test(value.text))
  if (input) return input.find(BUILT_FILES)[0]?.at ?? input.place
  if (uploadsToIndex(step) && !step.says(/\b(?:poetry|flit|maturin) publish\b|--build/))
    return step.item.place
  const command = step.commands(
    /\b(?:twine (?:check|upload)|gh release (?:create|upload))\b[^\n]*\bdist\//,
  )[0]
  return command?.at
}
