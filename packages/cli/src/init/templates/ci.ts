/** The whole CI, for a project that measures its coverage. As in examples/tokenledger; a test compares them. */
export const CI = `name: CI

on:
  push:
    branches: [main]
  pull_request:

permissions: {}

concurrency:
  group: ci-\${{ github.ref }}
  cancel-in-progress: \${{ github.event_name == 'pull_request' }}

jobs:
  ci:
    permissions:
      contents: read
      pull-requests: write # the comment on coverage
    uses: org/tokenledger-actions/.github/workflows/ci.yml@v1
`

/** The same for one that does not: nothing comments, so no job may. */
export const CI_WITHOUT_COVERAGE = CI.replace('      pull-requests: write # the comment on coverage\n', '')
