import { checkRoutes } from './routes/checks.ts'
import { codeScanningRoutes } from './routes/code-scanning.ts'
import { commitRoutes } from './routes/commits.ts'
import { contentRoutes } from './routes/contents.ts'
import { issueCommentRoutes } from './routes/issue-comments.ts'
import { pullRoutes } from './routes/pulls.ts'
import { refRoutes } from './routes/refs.ts'
import { repositoryRoutes } from './routes/repository.ts'
import type { Routes } from './world.ts'

/** Everything that the stand-in serves; a new operation also needs its line in openapi/operations.txt. */
export const routes: Routes = {
  ...repositoryRoutes,
  ...refRoutes,
  ...commitRoutes,
  ...contentRoutes,
  ...pullRoutes,
  ...issueCommentRoutes,
  ...checkRoutes,
  ...codeScanningRoutes,
}
