import { describe, expect, it } from '@jest/globals'
import { PROJECT, reasonsOf, valuesOf } from './project-in.ts'

const install = (settings: string) => valuesOf({ 'pyproject.toml': PROJECT + settings })

describe('what to install', () => {
  it('prefers the set that is named for the job', async () => {
    expect(
      await install(
        '[dependency-groups]\ndev = ["ruff"]\nlint = ["ruff", "codespell", "yamllint"]\ntests = ["pytest", "hypothesis"]\nall-tests = ["pytest"]',
      ),
    ).toMatchObject({ 'lint-groups': ['lint'], 'test-groups': ['tests'], 'types-groups': [] })
  })

  it('else takes the smallest set with the tool, groups before extras', async () => {
    const values = await install(
      '[project.optional-dependencies]\nall = ["a", "ruff", "pytest"]\ndev = ["ruff", "pytest"]\n[dependency-groups]\ndev = ["pytest", "mypy"]',
    )
    expect(values).toMatchObject({ 'lint-extras': ['dev'], 'test-groups': ['dev'], 'test-extras': ['all'] })
  })

  it('does not repeat an aggregate that the chosen set installs anyway', async () => {
    const values = await install(
      '[project.optional-dependencies]\nweb = ["fastapi"]\nall = ["ledger[web]"]\ndev = ["ledger[all]", "pytest", "mypy"]',
    )
    expect(values).toMatchObject({ 'test-extras': ['dev'], 'types-extras': ['dev'] })
  })

  it('leaves extras alone that are alternatives, not parts', async () => {
    const values = await install(
      '[project.optional-dependencies]\npg = ["psycopg"]\nmysql = ["pymysql"]\n[dependency-groups]\ntest = ["pytest"]',
    )
    expect(values).toMatchObject({ 'test-extras': [], 'test-groups': ['test'] })
  })

  it('says that uv cannot install a Poetry group by name', async () => {
    const settings = '[tool.poetry]\nname = "x"\n[tool.poetry.group.qa.dependencies]\nruff = "*"'
    const reasons = await reasonsOf({ 'pyproject.toml': settings })
    expect(reasons['lint-groups']).toBe('the Poetry group qa contains ruff')
  })

  it('needs no set for a tool that the project depends on', async () => {
    const settings =
      '[project]\nname = "x"\ndependencies = ["pytest>=8"]\n[dependency-groups]\ntest = ["pytest"]'
    expect((await valuesOf({ 'pyproject.toml': settings }))['test-groups']).toEqual([])
  })
})
