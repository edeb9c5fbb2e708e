// A process of its own for a test that kills it: installs the build in its argument.
import { installBuild } from '../../src/git-cliff/install-git-cliff.ts'

const { build, env } = JSON.parse(process.argv[2] ?? '')
await installBuild(build, env)
