/** Coverage of pull requests from forks. As in examples/tokenledger; a test compares them. */
export const COVERAGE_COMMENT = `name: Coverage comment

on:
  # Nothing of the pull request is checked out or run here; what its run has left is read as data.
  workflow_run: # zizmor: ignore[dangerous-triggers]
    workflows: [CI]
    types: [completed]

permissions: {}

concurrency:
  group: coverage-comment-\${{ github.event.workflow_run.head_repository.full_name }}-\${{ github.event.workflow_run.head_branch }}
  cancel-in-progress: true

jobs:
  comment:
    permissions:
      actions: read # find and download what the run has left
      pull-requests: write # post the comment
    uses: org/tokenledger-actions/.github/workflows/coverage-comment.yml@v1
`
