/** The options of `npm run ci` and of `tokenledger-actions run`, which are the same program. */
export const OPTIONS = `[--repo PATH] [--event NAME] [--tag NAME] [--fork] [--workflow FILE] [--input NAME=VALUE]
    [--job NAME] [--report DIR] [--offline]
  --repo PATH         the checkout whose workflows run; the current folder unless given
  --event NAME        push (default), pull_request, merge_group or workflow_dispatch
  --tag NAME          push or workflow_dispatch at this tag, which the run puts on what the checkout holds
  --fork              the pull request comes from a fork: its token may only read, and there is no identity for others
  --workflow FILE     only this workflow, by the name of its file
  --input NAME=VALUE  an input of --event workflow_dispatch; once for each
  --job NAME          only this job, by id or name, with the jobs that it needs
  --report DIR        write DIR/index.html; ./ci-report for an empty DIR
  --offline           skip the check of the network; all that jobs download has to be cached
Exit codes: 0 every job ended as it should; 1 one did not, or the run could not start.`
