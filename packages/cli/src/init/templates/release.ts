/** From a tag to a release. As in examples/tokenledger; a test compares them. */
export const RELEASE = `# Started by version-bump.yml at the tag of a merged version, or by the push of a tag. Both may come: the second run waits and
# then only verifies. One that stopped is started again as it is, or by hand at its tag.
name: Release

on:
  push:
    tags: ['v[0-9]*']
  workflow_dispatch:
    inputs:
      tag:
        description: Tag to release; only needed on a branch
        type: string
        default: ''

permissions: {}

concurrency:
  group: release-\${{ inputs.tag || github.ref_name }}
  cancel-in-progress: false

jobs:
  prepare:
    permissions:
      contents: write # make the draft
      id-token: write # sign where the files come from
      attestations: write # store what was signed
    uses: org/tokenledger-actions/.github/workflows/release-prepare.yml@v1
    with:
      tag: \${{ inputs.tag }}

  # Here and not in a workflow that is called: PyPI trusts the file that holds this job.
  pypi:
    name: pypi
    needs: prepare
    if: \${{ !cancelled() && needs.prepare.outputs.state == 'prepared' }}
    runs-on: ubuntu-latest
    timeout-minutes: 15
    environment: pypi
    permissions:
      id-token: write # sign in to PyPI
    steps:
      - name: Download the package
        uses: actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c # v8.0.1
        with:
          name: \${{ needs.prepare.outputs.artifact-name }}
          path: dist
      - name: Compare it with the build and the index
        uses: org/tokenledger-actions/actions/changelog-release@v1
        with:
          phase: verify
          tag: \${{ needs.prepare.outputs.tag }}
          files: dist/*
          expected-digests: \${{ needs.prepare.outputs.digests }}
          verify-ancestor: none # the job verify has looked
          verify-index: true
      - name: Upload it
        uses: pypa/gh-action-pypi-publish@dc37677b2e1c63e2034f94d8a5b11f265b73ba33 # v1.14.2
        with:
          skip-existing: true # what is there was compared above

  publish:
    needs: [prepare, pypi]
    if: \${{ !cancelled() && needs.pypi.result == 'success' }}
    permissions:
      contents: write # publish the draft
      attestations: read # look whether each file is attested
    uses: org/tokenledger-actions/.github/workflows/release-publish.yml@v1
    with:
      tag: \${{ needs.prepare.outputs.tag }}
      commit-sha: \${{ needs.prepare.outputs.commit-sha }}
      digests: \${{ needs.prepare.outputs.digests }}
`
