/** The whole CI, for a project that measures its coverage. As in examples/tokenledger; a test compares them. */
export const CI = `name: CI

on:
  push:
    branches: [main]
  pull_request:
  merge_group:
    types: [checks_requested]

permissions: {}

# A push to a pull request takes the place of its older run; runs of a merge queue and of main neither end nor wait.
concurrency:
  group: ci-\${{ github.event_name == 'pull_request' && github.ref || github.run_id }}
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
