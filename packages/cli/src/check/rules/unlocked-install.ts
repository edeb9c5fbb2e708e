import { buildsPackage } from '../facts/packages.ts'
import { permissionsOf } from '../facts/permissions.ts'
import { isReleaseWorkflow, publishes, pushes, pushesByGit } from '../facts/releasing.ts'
import type { Rule } from '../finding.ts'
import type { Job } from '../model/workflow.ts'

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
      for (const step of workflow.jobs.filter(getsOut).flatMap(({ steps }) => steps))
        for (const { at, match } of step.commands(INSTALL))
          if (!LOCKED.test(match[0]))
            yield { at, message: `\`${match[0].trim()}\` is not locked, in a job that builds or writes` }
    }
  },
}

/** Whether what runs in a job can come into what is published; a job that only tests cannot do that. */
function getsOut(job: Job): boolean {
  const permissions = permissionsOf(job)
  const writes =
    permissions?.text === 'write-all' || permissions?.entries().some(([, { text }]) => text === 'write')
  return writes === true || publishes(job) || pushes(job) || job.steps.some(buildsPackage)
}
