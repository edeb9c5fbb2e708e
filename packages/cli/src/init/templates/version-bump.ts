/** From a click to a tag. As in examples/tokenledger; a test compares them. */
export const VERSION_BUMP = `name: Version bump

on:
  workflow_dispatch:
    inputs:
      part:
        description: What to bump; auto decides by the commits since the last release
        type: choice
        options: [auto, patch, minor, major, prerelease, finalize]
        default: auto
      prerelease-label:
        description: Make it a prerelease
        type: choice
        options: [none, a, b, rc]
        default: none
      dry-run:
        description: Only say what would be done
        type: boolean
        default: false
  push:
    branches: [main] # tags a version that was merged, and starts its release

permissions: {}

# One bump at a time. Each push has a group of its own: of several that wait in one, GitHub keeps the newest alone, and the
# tag of an earlier one would be lost.
concurrency:
  group: version-bump-\${{ github.event_name == 'push' && github.sha || 'by-hand' }}
  cancel-in-progress: false

jobs:
  version-bump:
    permissions:
      contents: write # make the branch, the commit and the tag
      pull-requests: write # open the pull request
      actions: write # start release.yml
    uses: org/tokenledger-actions/.github/workflows/version-bump.yml@v1
    with:
      part: \${{ inputs.part || 'auto' }}
      prerelease-label: \${{ inputs.prerelease-label != 'none' && inputs.prerelease-label || '' }}
      dry-run: \${{ inputs.dry-run || false }}
`
