import { isReleaseWorkflow, pushesByGit } from '../facts/releasing.ts'
import type { Rule } from '../finding.ts'

const INSTALL =
  /\b(?:uv )?pip3? install\b[^\n]*|\bpipx (?:install|run)\b[^\n]*|\buvx\b[^\n]*|\buv tool (?:run|install)\b[^\n]*/
const LOCKED = /--require-hashes|--no-index|--no-deps \S*\.whl|\binstall [^\n]*\.whl\b/

export const unlockedInstall: Rule = {
  id: 'unlocked-install',
  level: 'warning',
  why: 'Whatever version is newest that minute runs in a job that pushes or publishes; a package that was taken over publishes in your name.',
  fix: 'Install from requirements with hashes (`uv pip compile --generate-hashes`, `pip install --require-hashes -r …`), or by a lock (`uv sync --locked`).',
  *find({ workflows }) {
    for (const workflow of workflows) {
      if (!isReleaseWorkflow(workflow) && !pushesByGit(workflow)) continue
      for (const step of workflow.jobs.flatMap(({ steps }) => steps))
        for (const { at, match } of step.commands(INSTALL))
          if (!LOCKED.test(match[0]))
            yield { at, message: `\`${match[0].trim()}\` is not locked, in a workflow that writes` }
    }
  },
}
