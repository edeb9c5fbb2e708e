import { readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from '@jest/globals'
import { bumpedVersion, planEdits, readBumpConfig } from '@tokenledger/bumpversion'
import { type GitRepo, gitIn, gitRepo, tempDir } from '@tokenledger/testkit'
import { wrappedBump } from '../../src/wrapped/wrapped-bump.ts'
import { bump, changes, configuration, digestOf, requestOf } from './project.ts'

let temporary: string

beforeEach(() => {
  temporary = tempDir('runner-temp-')
  process.env.RUNNER_TEMP = temporary
})

/** Runs `work` and holds it to leave the checkout, `.git` and the temporary folder as they were. */
async function leavingNothing<T>({ path }: GitRepo, work: () => Promise<T>): Promise<T> {
  const before = digestOf(path)
  try {
    return await work()
  } finally {
    expect(digestOf(path)).toBe(before)
    expect(readdirSync(temporary)).toEqual([])
  }
}

describe('engine bump-my-version', () => {
  it('returns what the real tool changes, and leaves the checkout as it is', async () => {
    const config = configuration(['commit = true', 'tag = true'], 'src/__init__.py', 'docs/conf.py')
    const repo = gitRepo({
      'pyproject.toml': config,
      'src/__init__.py': '__version__ = "1.2.3"\n',
      'docs/conf.py': 'release = "1.2.3"\n',
      'README.md': '1.2.3 is not configured\n',
    })
    const bumped = await leavingNothing(repo, () => wrappedBump(requestOf(repo, { part: 'minor' })))
    expect(bumped).toMatchObject({ current: '1.2.3', next: '1.3.0', hooks: [] })
    expect(changes(bumped)).toEqual({
      'docs/conf.py': 'release = "1.3.0"\n',
      'pyproject.toml': config.replace('1.2.3', '1.3.0'),
      'src/__init__.py': '__version__ = "1.3.0"\n',
    })
    expect(bumped.edits.map(({ before }) => before)).toContain('release = "1.2.3"\n')
  })

  it('takes a regex that the native engine refuses', async () => {
    const config = `${configuration(['regex = true'])}[[tool.bumpversion.files]]
filename = "V"
search = '(?<=version=)(")?{current_version}(?(1)"|$)'
replace = '\\g<1>{new_version}\\g<1>'
`
    const files = { '.bumpversion.toml': config, V: 'old=1.2.3\nversion="1.2.3"\nversion=1.2.3' }
    const native = () => {
      const { read, list } = { read: (path: string) => files[path as 'V'], list: () => Object.keys(files) }
      const found = readBumpConfig(read)
      if (!found) throw new Error('no configuration')
      return planEdits(found, bumpedVersion(found, { part: 'patch' }, { now: new Date(), env: {} }), {
        read,
        list,
      })
    }
    expect(native).toThrow(/^BUMP_REGEX_UNSUPPORTED: .*set engine: bump-my-version$/)
    expect(changes(await bump(gitRepo(files)))).toMatchObject({
      V: 'old=1.2.3\nversion="1.2.4"\nversion=1.2.4',
    })
  })

  it('goes to a given version, in a package of a monorepo with a configuration file of its own', async () => {
    const repo = gitRepo({
      'ledger/release.toml': configuration([], 'V'),
      'ledger/V': '1.2.3\n',
      V: '1.2.3\n',
    })
    const bumped = await bump(repo, { folder: 'ledger', configFile: 'release.toml', newVersion: '2.0.0' })
    expect(changes(bumped)).toEqual({
      'ledger/V': '2.0.0\n',
      'ledger/release.toml': configuration([], 'V').replace('1.2.3', '2.0.0'),
    })
  })

  it('knows tags, branch and history of a shallow checkout', async () => {
    const origin = gitRepo({ V: '0.9.0\n' })
    const lines = ['pre_commit_hooks = ["sh -c \'git rev-list --count HEAD > COMMITS\'"]']
    const search = '"{current_version} on {branch_name}"\nreplace = "{new_version} of {current_tag}"\n'
    const config = `${configuration(lines, 'V').replace(/^current.*$/m, '')}search = ${search}`
    origin.commit({ '.bumpversion.toml': config, V: '1.4.0 on main\n', COMMITS: '' })
    origin.git('tag', 'v1.4.0')
    origin.commit({})
    const path = join(tempDir(), 'clone')
    origin.git('clone', '--quiet', '--depth', '2', `file://${origin.path}`, path)
    const bumped = await bump({ ...origin, path }, { allowHooks: true })
    expect(bumped).toMatchObject({ current: '1.4.0', next: '1.4.1' })
    expect(changes(bumped)).toEqual({ V: '1.4.1 of v1.4.0\n', COMMITS: '2\n' })
  })

  it('keeps the line ends of the checkout', async () => {
    const repo = gitRepo({ '.bumpversion.toml': configuration([], 'V') })
    repo.git('config', 'core.autocrlf', 'true')
    repo.commit({ V: 'a\r\n1.2.3\r\n' })
    expect((await bump(repo)).edits).toContainEqual({
      path: 'V',
      before: 'a\r\n1.2.3\r\n',
      after: 'a\r\n1.2.4\r\n',
    })
  })

  it('takes nothing from the project for the tool', async () => {
    const repo = gitRepo({
      '.bumpversion.toml': configuration([], 'V'),
      V: '1.2.3\n',
      'bumpversion/__init__.py': 'raise SystemExit(7)\n',
      'json.py': 'raise SystemExit(7)\n',
    })
    expect(await bump(repo)).toMatchObject({ next: '1.2.4' })
  })
})

describe('a failure of the tool', () => {
  it('changes no file, although the tool had changed the first one', async () => {
    const repo = gitRepo({
      '.bumpversion.toml': configuration([], 'A', 'B'),
      A: '1.2.3\n',
      B: 'nothing\n',
    })
    await expect(leavingNothing(repo, () => wrappedBump(requestOf(repo)))).rejects.toThrow(
      "BUMP_ENGINE: bump-my-version failed, and no file was changed: Did not find '1.2.3' in file: 'B'",
    )
  })

  it.each([
    [{ part: 'build' }, 'Unknown version component: build'],
    [{ part: '--dry-run' }, 'Unknown version component: --dry-run'],
    [{ part: undefined, newVersion: 'garbage' }, 'garbage is no version that parse reads'],
    [{ configFile: 'other.toml' }, "'other.toml' does not exist."],
  ])('says why %j is none', async (wishes, words) => {
    const repo = gitRepo({ '.bumpversion.toml': configuration([], 'V'), V: '1.2.3\n' })
    await expect(bump(repo, wishes)).rejects.toThrow(words)
  })

  it('is a configuration file that configures nothing', async () => {
    const repo = gitRepo({ 'release.toml': '', V: '1.2.3\n' })
    repo.git('tag', 'v1.2.3')
    await expect(bump(repo, { configFile: 'release.toml' })).rejects.toThrow(
      'the file of --config-file has no table [tool.bumpversion]',
    )
  })

  it('is every way out of the repository', async () => {
    const outside = join(tempDir(), 'V')
    writeFileSync(outside, '1.2.3\n')
    const repo = gitRepo({ '.bumpversion.toml': configuration([], 'link') })
    symlinkSync(outside, join(repo.path, 'link'))
    repo.commit({})
    await expect(bump(repo)).rejects.toThrow('link is outside of the repository')
    repo.commit({ '.bumpversion.toml': configuration([], outside) })
    await expect(bump(repo)).rejects.toThrow(`${outside} is outside of the repository`)
  })

  it('is a folder without git', async () => {
    const path = tempDir()
    const repo = { path, git: gitIn(path), commit: () => '' }
    await expect(bump(repo)).rejects.toThrow(`There is no checkout of git in ${path}.`)
  })
})
