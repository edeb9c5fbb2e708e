import { info, mask, warning } from '@tokenledger/kit'
import { pythonRequest } from '@tokenledger/python-project'
import { type CachePlan, planCache } from './cache-plan.ts'
import { findPython, type PythonSearch } from './find-python.ts'
import { readInputs, type SetupInputs } from './inputs.ts'
import { type InstallPlan, planInstall } from './install-plan.ts'
import { type Project, readProject } from './project.ts'
import { type Runner, readRunner } from './runner.ts'
import { checkedSet } from './selection.ts'

/** All that is decided before anything is fetched. */
export interface Prepared {
  readonly runner: Runner
  readonly inputs: SetupInputs
  readonly project: Project
  readonly plan: InstallPlan
  readonly python: PythonSearch
  readonly cache: CachePlan
  /** Absolute path of the environment, also when none is made. */
  readonly venv: string
}

/** Reads inputs and project, checks them, and decides how to install, on which Python, and with which cache. */
export async function prepare(environment: NodeJS.ProcessEnv): Promise<Prepared> {
  const runner = readRunner(environment)
  const read = readInputs(runner.workspace)
  if (read.uv.githubToken) mask(read.uv.githubToken)
  const project = await readProject(read.workingDirectory, runner.workspace, read.install)
  const inputs = read.install === 'none' ? read : { ...read, set: checkedSet(read.set, project.pyproject) }
  const plan = planInstall({
    mode: inputs.install,
    set: inputs.set,
    pyproject: project.pyproject,
    lockDirectory: project.lock?.directory,
  })
  const python = await searchPython(inputs, project, runner)
  const venv = venvOf(inputs, runner)
  const cache = planCache({ inputs, runner, project, plan, search: python, venv })
  return { runner, inputs, project, plan, python, cache, venv }
}

async function searchPython(inputs: SetupInputs, project: Project, runner: Runner): Promise<PythonSearch> {
  const request = pythonRequest({
    input: inputs.pythonVersion,
    environment: runner.env.UV_PYTHON,
    pythonVersionFile: project.pythonVersionFile,
    pyproject: project.pyproject,
  })
  const search = await findPython(request, {
    toolCache: runner.pythonToolCache,
    arch: runner.platform.arch,
    pathVariable: runner.pathVariable,
    requiresPython: project.pyproject.requiresPython,
    paths: runner.paths,
  })
  const wanted = request.kind === 'version' ? request.version : request.path
  const found =
    search.kind === 'found'
      ? `${search.python.path} (${search.python.source})`
      : 'none here, so uv provides one'
  info(`Python ${wanted} (${request.source}): ${found}`)
  warnOfOtherPython(inputs, runner, search)
  return search
}

/** A UV_PYTHON of the caller is left alone, and then a later `uv run` takes that one. */
function warnOfOtherPython(inputs: SetupInputs, { env }: Runner, search: PythonSearch): void {
  const { UV_PYTHON } = env
  if (!inputs.pythonVersion || !UV_PYTHON || UV_PYTHON === inputs.pythonVersion) return
  if (search.kind === 'found' && search.python.path === UV_PYTHON) return
  warning(
    `UV_PYTHON is "${UV_PYTHON}" and stays so, but python-version is "${inputs.pythonVersion}": ` +
      'a later "uv run" uses the former. Remove one of the two.',
  )
}

/** The input, unless it is the default and the caller has named a place for uv's environment. */
function venvOf({ venv, workingDirectory }: SetupInputs, { env, paths }: Runner): string {
  const place = venv === '.venv' && env.UV_PROJECT_ENVIRONMENT ? env.UV_PROJECT_ENVIRONMENT : venv
  return paths.path.resolve(workingDirectory, place)
}
