import { describe, expect, it } from '@jest/globals'
import { parseToml } from '@tokenledger/python-project'
import type { Files } from '@tokenledger/testkit'
import { adopter, lineOn, PROJECTS, runInit, textOf } from './adopters.ts'

const PATH = 'pyproject.toml'
const flat = String(PROJECTS['setuptools and a flat layout']?.[PATH])

async function after(text: string, files: Files = {}) {
  const folder = adopter({ ...files, [PATH]: text })
  const ran = await runInit(folder)
  return { text: textOf(folder, PATH), line: lineOn(PATH, ran), ran }
}

describe('pyproject.toml', () => {
  it('gets its table at the end, and is otherwise the same byte for byte', async () => {
    expect((await after(flat)).text).toBe(`${flat}\n[tool.bandit]\nexclude_dirs = ["tests"]\n`)
  })

  it('keeps its line ends, and gets one where its last line has none', async () => {
    const { text } = await after(flat.trimEnd().replaceAll('\n', '\r\n'))
    expect(text).toBe(`${flat}\n[tool.bandit]\nexclude_dirs = ["tests"]\n`.replaceAll('\n', '\r\n'))
  })

  it.each([
    ['in pyproject.toml', `${flat}\n[tool.bandit]\nskips = ["B101"]\n`, {}],
    ['in a file of its own', flat, { 'bandit.yaml': 'skips: [B101]\n' }],
    ['in setup.cfg', flat, { 'setup.cfg': '[bandit]\nexclude = tests\n' }],
  ])('stays when bandit has its settings %s', async (_, text, files) => {
    const result = await after(text, files)
    expect(result.text).toBe(text)
    expect(result.line).toMatch(/^current .*bandit has its settings/)
  })

  it('is left when no table can be added to it', async () => {
    const text = `tool = { ruff = {} }\n[project]\nname = "x"\nversion = "1"\n[build-system]\nrequires = []\n`
    const result = await after(text)
    expect(result.text).toBe(text)
    expect(result.line).toBe(
      `left ${PATH} add by hand, since its tables are written in a way that lines cannot be added to: [tool.bandit] exclude_dirs = ["tests"]`,
    )
  })

  it('says where the version is when nothing else does', async () => {
    const text = flat.replace(/\[tool\.setuptools[\s\S]*$/, '')
    const setup =
      'from setuptools import setup\n\nsetup(\n    version="1.4.0", packages=["flat_ledger"],\n)\n'
    const result = await after(text, { 'setup.py': setup, 'flat_ledger/__init__.py': '' })
    expect(parseToml(result.text, '')).toMatchObject({
      tool: {
        bandit: { exclude_dirs: ['tests'] },
        bumpversion: {
          current_version: '1.4.0',
          files: [
            {
              filename: 'setup.py',
              search: 'version="{current_version}"',
              replace: 'version="{new_version}"',
            },
          ],
        },
      },
    })
    expect(result.line).toContain('the version is in setup.py')
    expect(lineOn('.github/workflows/version-bump.yml', result.ran)).toMatch(/^write /)
  })

  it('has no need to say it when version-bump finds it, and none when git tags are the version', async () => {
    expect((await after(flat)).text).not.toContain('bumpversion')
    const tags = flat.replace(/\[tool\.setuptools[\s\S]*$/, '[tool.setuptools_scm]\n')
    const { text, ran } = await after(tags)
    expect(text).not.toContain('bumpversion')
    expect(lineOn('.github/workflows/version-bump.yml', ran)).toMatch(/^left .*Push a tag to release\.$/)
  })
})
