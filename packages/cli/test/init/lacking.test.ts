import { describe, expect, it } from '@jest/globals'
import { adopter, PROJECTS, runInit } from './adopters.ts'

const flat = String(PROJECTS['setuptools and a flat layout']?.['pyproject.toml'])

/** What init says beside its report. */
async function said(pyproject: string): Promise<string> {
  return (await runInit(adopter({ 'pyproject.toml': pyproject }), ['--dry-run'])).said
}

describe('what init says that ci.yml will fail for', () => {
  it.each(Object.keys(PROJECTS))('is nothing where all is there: %s', async name => {
    expect((await runInit(adopter({}, name), ['--dry-run'])).said).not.toContain('!')
  })

  it.each([
    ['ruff', 'lint'],
    ['mypy', 'type-check'],
    ['pytest', 'test'],
  ])('is %s when no extra or group has it, and how to go without', async (tool, job) => {
    const text = await said(flat.replace(new RegExp(`"${tool}>=[^"]+"(?:, )?`), ''))
    expect(text).toContain(`! ${job} will fail, as no extra or dependency group has ${tool}: uv add --dev`)
    expect(text).toContain(`"with: { skip: ${job} }"`)
    expect(text.match(/^!/gm)).toHaveLength(1)
  })

  it('is a description that PyPI would not show', async () => {
    expect(await said(flat.replace(/^readme.*\n/m, ''))).toContain('! build will fail')
    expect(
      await said(flat.replace(/^readme.*\n/m, '').replace('["version"]', '["version", "readme"]')),
    ).not.toContain('!')
  })

  it("is what only Poetry knows: a project's table, or its groups", async () => {
    const group = '[tool.poetry.group.dev.dependencies]\nruff = "*"\nmypy = "*"\npytest = "*"\n'
    const poetry =
      '[tool.poetry]\nname = "poetic"\nversion = "1.2.0"\n\n[tool.poetry.dependencies]\npython = "^3.11"\n'
    expect(await said(`${poetry}\n${group}`)).toMatch(/^! Every job that installs the project will fail/)
    const project = '[project]\nname = "poetic"\nversion = "1"\nrequires-python = ">=3.11"\n'
    expect(await said(`${project}\n${group}`)).toMatch(/^! uv does not know the groups of \[tool\.poetry\]/)
  })
})
