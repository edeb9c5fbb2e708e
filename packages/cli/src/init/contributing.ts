import type { Adopter } from './adopter.ts'
import { withSection, withSectionAt } from './marked-section.ts'
import { left, type Outcome, written } from './outcome.ts'
import { versionHome } from './version-home.ts'

const NAME = 'releases'
const PLACES = ['CONTRIBUTING.md', '.github/CONTRIBUTING.md', 'docs/CONTRIBUTING.md']
const WHY = 'how a release is made'
const OWN_HEADING = /^#{1,6}\s.*\b(?:releas(?:e|es|ing)|publish(?:ing)?)\b.*$/im

/** The part on releases in the guide for contributors. */
export function contributingOutcome(adopter: Adopter): Outcome {
  const { value: isPackage, reason } = adopter.findings['has-package']
  const path = PLACES.find(place => adopter.read(place) !== undefined) ?? 'CONTRIBUTING.md'
  if (!isPackage) return left(path, `no package to release: ${reason}`)
  const other = ['CONTRIBUTING.rst', 'CONTRIBUTING.txt', 'CONTRIBUTING'].find(
    place => adopter.read(place) !== undefined,
  )
  if (other)
    return left(other, 'it is no Markdown; say there that a release starts with the workflow Version bump')
  const body = releasesOf(adopter)
  const text = adopter.read(path)
  if (text === undefined)
    return written(path, undefined, withSectionAt('# Contributing\n', 1, NAME, body), WHY)
  const sectioned = withSection(text, NAME, body)
  if (sectioned.kind === 'text') return written(path, text, sectioned.text, WHY)
  if (sectioned.kind === 'broken') return left(path, sectioned.reason)
  const heading = OWN_HEADING.exec(text)?.[0].trim()
  if (heading) return left(path, `it has a part of its own on releases: "${heading}"`)
  return written(path, text, withSectionAt(text, text.split('\n').length, NAME, body), WHY)
}

function releasesOf(adopter: Adopter): string {
  const home = versionHome(adopter)
  const steps = home.kind === 'none' ? BY_TAG : BY_PULL_REQUEST
  return ['## Releases', '', ...steps, '', ...AFTERWARDS].join('\n')
}

const BY_PULL_REQUEST = [
  '1. **Actions → Version bump → Run workflow.** It decides the next version by the',
  '   [Conventional Commits](https://www.conventionalcommits.org/en/v1.0.0/) since the last release (`fix:` a patch, `feat:` a minor,',
  '   `!` a major version), and opens a pull request.',
  '2. **Merge that pull request.** The merge is tagged, and the workflow Release starts at the tag.',
]

const BY_TAG = [
  '1. **Push a tag** such as `v1.2.3` on the default branch. The workflow Release starts at it.',
]

const AFTERWARDS = [
  'Release tests and builds the tagged commit, makes a draft with all files, uploads to PyPI, and publishes the draft last. When a job',
  'stops, mend the cause and choose **Re-run failed jobs**: what is done already is compared and left as it is. A tag is never moved.',
]
