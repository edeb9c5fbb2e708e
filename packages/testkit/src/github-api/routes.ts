import { attestationRoutes } from './routes/attestations.ts'
import { branchRoutes } from './routes/branches.ts'
import { checkRoutes } from './routes/checks.ts'
import { codeScanningRoutes } from './routes/code-scanning.ts'
import { commitRoutes } from './routes/commits.ts'
import { contentRoutes } from './routes/contents.ts'
import { issueCommentRoutes } from './routes/issue-comments.ts'
import { labelRoutes } from './routes/labels.ts'
import { pullRoutes } from './routes/pulls.ts'
import { refRoutes } from './routes/refs.ts'
import { releaseAssetRoutes, uploadRoutes } from './routes/release-assets.ts'
import { releaseRoutes } from './routes/releases.ts'
import { repositoryRoutes } from './routes/repository.ts'
import { repositorySettingRoutes } from './routes/repository-settings.ts'
import { rulesetRoutes } from './routes/rulesets.ts'
import { runJobRoutes } from './routes/run-jobs.ts'
import { tagRoutes } from './routes/tags.ts'
import { workflowRoutes } from './routes/workflows.ts'
import type { Routes } from './world.ts'

/** Everything that the stand-in serves; a new operation also needs its line in openapi/operations.txt. */
export const routes: Routes = {
  ...repositoryRoutes,
  ...repositorySettingRoutes,
  ...rulesetRoutes,
  ...branchRoutes,
  ...refRoutes,
  ...tagRoutes,
  ...commitRoutes,
  ...contentRoutes,
  ...pullRoutes,
  ...issueCommentRoutes,
  ...labelRoutes,
  ...workflowRoutes,
  ...runJobRoutes,
  ...checkRoutes,
  ...codeScanningRoutes,
  ...releaseRoutes,
  ...releaseAssetRoutes,
  ...uploadRoutes,
  ...attestationRoutes,
}
