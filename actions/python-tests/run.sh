#!/usr/bin/env bash
# Runs the tests of a project in the current folder: TEST_COMMAND, else pytest with TEST_ARGUMENTS (one a line).
# Writes junit.xml, and coverage.xml where pytest-cov is installed. Exit status: that of the tests.
set -euo pipefail

export TEST_SHARD TEST_SHARDS TEST_SHARD_REPORT="${RUNNER_TEMP}/tokenledger-test-shard.txt"
rm -f "${TEST_SHARD_REPORT}"
number='^[1-9][0-9]{0,3}$'
if [[ ! "${TEST_SHARD}" =~ ${number} || ! "${TEST_SHARDS}" =~ ${number} ]] || ((TEST_SHARD > TEST_SHARDS)); then
  echo "::error::Inputs shard and shards are \"${TEST_SHARD}\" and \"${TEST_SHARDS}\"; give whole numbers, such as 1 and 3."
  exit 1
fi

if [[ -n "${TEST_COMMAND}" ]]; then
  exec bash -eo pipefail -c "${TEST_COMMAND}"
fi
if ! command -v pytest >/dev/null; then
  echo '::error::pytest is not installed. Add it to an extra or dependency group and name that in the input extras or groups.'
  exit 1
fi
arguments=(--junit-xml=junit.xml)
while IFS= read -r argument; do
  [[ -z "${argument}" ]] || arguments+=("${argument}")
done <<<"${TEST_ARGUMENTS}"
if ((TEST_SHARDS > 1)); then
  # A folder of its own: nothing else of ours can be imported in place of a module of the project.
  separator=:
  [[ "${RUNNER_OS:-}" != Windows ]] || separator=';'
  export PYTHONPATH="${GITHUB_ACTION_PATH}/plugin${PYTHONPATH:+${separator}${PYTHONPATH}}"
  arguments+=(-p tokenledger_test_shard)
fi
if python -c 'import pytest_cov' 2>/dev/null; then
  while IFS= read -r source; do
    arguments+=("--cov${source:+=${source}}")
  done <<<"${COVERAGE_SOURCE}"
  arguments+=(--cov-report=xml --cov-report=term-missing)
  # Whoever merges the reports asks for fail_under once, of all tests together; a shard alone cannot reach it.
  [[ "${GATED_TOGETHER}" == false && "${TEST_SHARDS}" == 1 ]] || arguments+=(--cov-fail-under=0)
fi
echo "pytest ${arguments[*]}"
exec pytest "${arguments[@]}"
