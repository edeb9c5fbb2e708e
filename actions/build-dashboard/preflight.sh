# Says what is missing before Node.js is set up, whose own messages would not name the remedy.
set -euo pipefail

fail() {
  printf '::error title=build-dashboard::%s\n' "$1"
  exit 1
}

folder="${INPUT_WORKING_DIRECTORY}"
[[ -f "${folder}/package.json" ]] ||
  fail "No package.json in ${folder}. Run actions/checkout before this step, or set working-directory."

for lock in pnpm-lock.yaml yarn.lock bun.lock bun.lockb; do
  if [[ -f "${folder}/${lock}" && ! -f "${folder}/package-lock.json" ]]; then
    fail "${folder}/${lock} is of a package manager that this action does not support; it runs npm. Run \"npm install\" in ${folder} and commit package-lock.json, or build the dashboard in a job of your own."
  fi
done

lock=''
for candidate in npm-shrinkwrap.json package-lock.json; do
  [[ ! -f "${folder}/${candidate}" ]] || lock="${folder}/${candidate}"
done
[[ -n "${lock}" ]] ||
  fail "No lock file in ${folder}, so every build could take other packages. Run \"npm install\" in ${folder} and commit package-lock.json."

version_file=''
for candidate in .node-version .nvmrc; do
  [[ ! -f "${folder}/${candidate}" ]] || version_file="${folder}/${candidate}"
done

version="${INPUT_NODE_VERSION}"
[[ -n "${version}" || -n "${version_file}" ]] || version=24
[[ -z "${version}" ]] || version_file=''

{
  printf 'lock=%s\n' "${lock}"
  printf 'node-version=%s\n' "${version}"
  printf 'node-version-file=%s\n' "${version_file}"
} >>"${GITHUB_OUTPUT}"
