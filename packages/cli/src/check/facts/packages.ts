import type { Step } from '../model/step.ts'

const BUILD =
  /\b(?:python3? -m build|pyproject-build|(?:uv|hatch|poetry|pdm|flit|maturin) build|setup\.py (?:sdist|bdist_wheel)|cibuildwheel|poetry publish [^\n]*--build|(?:flit|pdm|maturin) publish)\b/
const BUILD_ACTIONS = ['pypa/cibuildwheel', 'hynek/build-and-inspect-python-package', 'pyo3/maturin-action']

/** Whether a step makes a wheel or an sdist. */
export function buildsPackage(step: Step): boolean {
  const { action } = step
  return step.says(BUILD) || BUILD_ACTIONS.includes(action) || isOwnStep(step, 'build-package')
}

/** Whether a step is an action of this suite, called from outside or inside of it. */
export function isOwnStep(step: Step, name: string): boolean {
  const { uses } = step
  if (uses?.kind === 'local') return uses.path === `actions/${name}`
  return step.action.endsWith(`/tokenledger-actions/actions/${name}`)
}

const DOWNLOAD_ACTIONS = [
  'actions/download-artifact',
  'dawidd6/action-download-artifact',
  'robinraju/release-downloader',
]

/** Whether a step brings files of another job or run here. */
export function downloads(step: Step): boolean {
  return (
    DOWNLOAD_ACTIONS.includes(step.action) ||
    /^actions\/cache(?:\/restore)?$/.test(step.action) ||
    step.says(/\b(?:gh (?:run|release) download|pip download|curl|wget)\b/)
  )
}

const UPLOAD = /\b(?:twine upload|(?:uv|poetry|hatch|pdm|flit|maturin) publish)\b/

/** Whether a step uploads to a package index. */
export function uploadsToIndex(step: Step): boolean {
  return step.action === 'pypa/gh-action-pypi-publish' || step.says(UPLOAD)
}

/** Whether the upload signs in by the identity of the job and not by a token. */
export function signsInByIdentity(step: Step): boolean {
  if (step.action === 'pypa/gh-action-pypi-publish') return !step.with('password')
  return step.says(/\buv publish\b(?!.*--token)/) && !step.env('UV_PUBLISH_TOKEN')
}

const RELEASE_ACTIONS = [
  'softprops/action-gh-release',
  'ncipollo/release-action',
  'actions/create-release',
  'svenstaro/upload-release-action',
]

/** Whether a step makes a release on GitHub or adds files to one. */
export function makesRelease(step: Step): boolean {
  return (
    RELEASE_ACTIONS.includes(step.action) ||
    step.says(/\bgh release (?:create|upload)\b/) ||
    isOwnStep(step, 'changelog-release')
  )
}
