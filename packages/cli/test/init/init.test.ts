import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { parseToml } from '@tokenledger/python-project'
import { gitIn, tempDir, writeFiles } from '@tokenledger/testkit'
import { parse } from 'yaml'
import { adopter, lineOn, PROJECTS, runInit, strippedExample, textOf, wholeExample } from './adopters.ts'

const ADOPTERS: readonly (readonly [string, () => string])[] = [
  ['examples/tokenledger without its workflows', strippedExample],
  ...Object.keys(PROJECTS).map(name => [name, () => adopter({}, name)] as const),
]

/** Every file of a folder but git's own, with its text. */
function everything(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
  const paths = files
    .map(entry => join(entry.parentPath, entry.name))
    .filter(path => !path.includes('/.git/'))
  return Object.fromEntries(paths.map(path => [path, readFileSync(path, 'utf8')]))
}

describe.each(ADOPTERS)('init on %s', (_, make) => {
  it('writes files that parse, and has nothing to write when it comes again', async () => {
    const folder = make()
    expect(await runInit(folder)).toMatchObject({ code: 0, asked: [] })
    const workflows = readdirSync(join(folder, '.github/workflows'))
    expect(workflows).toContain('ci.yml')
    for (const name of workflows) {
      expect(parse(textOf(folder, `.github/workflows/${name}`))).toMatchObject({ jobs: expect.anything() })
    }
    expect(parse(textOf(folder, '.github/dependabot.yml'))).toMatchObject({ version: 2 })
    expect(parseToml(textOf(folder, 'pyproject.toml'), '')).toMatchObject({
      tool: { bandit: { exclude_dirs: expect.arrayContaining(['tests']) } },
    })
    const written = everything(folder)
    const again = await runInit(folder)
    expect(again).toMatchObject({ code: 0, said: 'Everything is in place; there is nothing to write.' })
    expect(again.printed).not.toContain('+++')
    expect(everything(folder)).toEqual(written)
  })

  it('writes nothing with --dry-run, and nothing when the answer is no', async () => {
    const folder = make()
    const before = everything(folder)
    const dry = await runInit(folder, ['--dry-run'])
    expect(dry).toMatchObject({ code: 0, asked: [] })
    expect(dry.printed).toContain('+++ b/.github/workflows/ci.yml\n')
    expect(await runInit(folder, [])).toMatchObject({
      code: 1,
      asked: [expect.stringMatching(/^Write \d+ files\?$/)],
    })
    expect(everything(folder)).toEqual(before)
  })
})

describe('init', () => {
  it('gives the example the very files that it has', async () => {
    const origin = 'https://github.com/org/tokenledger.git'
    const folder = strippedExample(origin)
    await runInit(folder)
    const relativeTo = (top: string) =>
      Object.entries(everything(top)).map(([path, text]) => [relative(top, path), text])
    expect(relativeTo(folder)).toEqual(relativeTo(wholeExample(origin)))
  })

  it.each(['https://github.com/org/tokenledger.git', undefined])(
    'has nothing to write in the example, with the remote %s',
    async origin => {
      const ran = await runInit(wholeExample(origin), ['--dry-run'])
      expect(ran).toMatchObject({ code: 0, said: 'Everything is in place; there is nothing to write.' })
    },
  )

  it('shows as a diff what it would write, so that git can apply it', async () => {
    const [shown, written] = [adopter({}), adopter({})]
    const { printed } = await runInit(shown, ['--dry-run'])
    const diff = printed.slice(0, printed.search(/^(?:write|change|current|left) /m)).trimEnd()
    gitIn(shown, `${diff}\n`)('apply', '-')
    await runInit(written)
    const [applied, expected] = [shown, written].map(folder =>
      Object.entries(everything(folder)).map(([path, text]) => [relative(folder, path), text]),
    )
    expect(applied).toEqual(expected)
  })

  it('writes when the answer is yes, and tells what no file can set', async () => {
    const folder = adopter({})
    const ran = await runInit(folder, [], true)
    expect(ran.code).toBe(0)
    expect(ran.said).toContain('trusted publisher')
    expect(existsSync(join(folder, '.github/workflows/release.yml'))).toBe(true)
  })

  it('says of each file why it is written or left', async () => {
    const ran = await runInit(adopter({}, 'a uv workspace'))
    expect(lineOn('.github/workflows/release.yml', ran)).toBe(
      'left .github/workflows/release.yml no package to release: [tool.uv] package = false',
    )
    expect(lineOn('.github/dependabot.yml', ran)).toContain('github-actions in /, uv in /')
    expect(lineOn('CODEOWNERS', ran)).toBe('write CODEOWNERS the owner of the remote "origin" is acme')
  })

  it('leaves the right to comment out where no coverage is measured', async () => {
    const folder = adopter({}, 'poetry-core without Postgres')
    await runInit(folder)
    expect(parse(textOf(folder, '.github/workflows/ci.yml')).jobs.ci.permissions).toEqual({
      contents: 'read',
    })
    expect(existsSync(join(folder, '.github/workflows/coverage-comment.yml'))).toBe(false)
  })

  it('releases from the branch that the repository has', async () => {
    const folder = adopter({})
    writeFiles(folder, { '.git/refs/remotes/origin/HEAD': 'ref: refs/remotes/origin/trunk\n' })
    await runInit(folder)
    expect(parse(textOf(folder, '.github/workflows/ci.yml')).on.push.branches).toEqual(['trunk'])
  })

  it('wants the top of a repository with a project in it', async () => {
    await expect(runInit(adopter({}), ['tests'])).rejects.toThrow('is a part of the repository')
    await expect(runInit(tempDir())).rejects.toThrow('There is no pyproject.toml in')
    await expect(runInit(tempDir(), ['gone'])).rejects.toThrow('There is no folder')
  })

  it('does not touch a file that it would damage', async () => {
    const folder = adopter({ 'README.md': Buffer.from('# Gr\xfc\xdfe\n', 'latin1') })
    await expect(runInit(folder)).rejects.toThrow('README.md is not UTF-8, and would be damaged.')
    expect(existsSync(join(folder, '.github'))).toBe(false)
  })

  it('refuses what it does not understand', async () => {
    await expect(runInit('/', ['--force'])).rejects.toThrow(/'--force'[\s\S]*Usage: init \[PATH\] \[--yes\]/)
    await expect(runInit('/', ['--owner', 'acme'])).rejects.toThrow('--owner is "acme"; give NAME/REPO@REF')
  })
})
