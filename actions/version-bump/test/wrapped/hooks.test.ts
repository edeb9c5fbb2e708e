import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { gitRepo, tempDir } from '@tokenledger/testkit'
import { bump, changes, configuration } from './project.ts'

const { env } = process

beforeEach(() => {
  process.env = { ...env }
})

afterEach(() => {
  process.env = env
})

function projectWithHooks(hooks: readonly string[], files: Readonly<Record<string, string>> = {}) {
  const lines = `pre_commit_hooks = ${JSON.stringify(hooks)}`
  return gitRepo({ '.bumpversion.toml': configuration([lines], 'V'), V: '1.2.3\n', ...files })
}

describe('hooks of the configuration', () => {
  it('do not run unless they are allowed', async () => {
    const repo = gitRepo({
      '.bumpversion.toml': configuration(
        ['setup_hooks = ["exit 1"]', 'pre_commit_hooks = ["exit 2"]', 'post_commit_hooks = ["exit 3"]'],
        'V',
      ),
      V: '1.2.3\n',
    })
    const said: string[] = []
    const bumped = await bump(repo, { say: line => said.push(line) })
    expect(bumped).toMatchObject({ next: '1.2.4', hooks: ['exit 1', 'exit 2', 'exit 3'] })
    expect(said).toContain('Hook was not run: exit 2')
    await expect(bump(repo, { allowHooks: true })).rejects.toThrow(
      /^BUMP_ENGINE: bump-my-version failed, and no file was changed: /,
    )
  })

  it('add their changes when they are allowed, and commit and push nowhere', async () => {
    const repo = projectWithHooks(
      [
        'sh -c "echo new version $BVHOOK_NEW_VERSION > NEWS"',
        'git add --all',
        'git -c user.name=n -c user.email=e commit -m x',
      ],
      { NEWS: '' },
    )
    repo.git('remote', 'add', 'origin', repo.path)
    const head = repo.git('rev-parse', 'HEAD')
    const said: string[] = []
    expect(changes(await bump(repo, { allowHooks: true, say: line => said.push(line) }))).toMatchObject({
      V: '1.2.4\n',
      NEWS: 'new version 1.2.4\n',
    })
    expect(said).toContain('Hook was run: git add --all')
    expect([repo.git('rev-parse', 'HEAD'), repo.git('status', '--porcelain')]).toEqual([head, ''])
  })

  it('say what they printed when they fail', async () => {
    const repo = projectWithHooks(['sh -c "echo the lock file is stale; exit 4"'])
    await expect(bump(repo, { allowHooks: true })).rejects.toThrow(
      /exited with 4\.\n(.*\n)?the lock file is stale$/,
    )
  })

  it('see the index of the job and no token', async () => {
    Object.assign(process.env, {
      GITHUB_TOKEN: 'secret-1',
      'INPUT_GITHUB-TOKEN': 'secret-2',
      ACTIONS_RUNTIME_TOKEN: 'secret-3',
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'secret-4',
      UV_PUBLISH_TOKEN: 'secret-5',
      MY_API_KEY: 'secret-6',
      UV_INDEX_PRIVATE_USERNAME: 'reader',
    })
    const repo = projectWithHooks(['sh -c "env > NEWS; git config --list >> NEWS"'], { NEWS: '' })
    repo.git('config', 'http.extraheader', 'AUTHORIZATION: basic secret-7')
    const seen = changes(await bump(repo, { allowHooks: true })).NEWS
    expect(seen).toContain('UV_INDEX_PRIVATE_USERNAME=reader')
    expect(seen).toContain('BVHOOK_NEW_VERSION=1.2.4')
    expect(seen).not.toContain('secret')
  })
})

describe('what is no change of a text', () => {
  it.each([
    ['echo made > made.txt', 'made made.txt'],
    ['echo made > made.txt; git add made.txt', 'made made.txt'],
    ['rm NEWS', 'deleted NEWS'],
    ['chmod +x NEWS', 'changed the mode of NEWS'],
    ['rm NEWS; ln -s V NEWS', 'changed the link NEWS'],
  ])('is refused: %s', async (script, did) => {
    const repo = projectWithHooks([`sh -c ${JSON.stringify(script)}`], { NEWS: 'text\n' })
    await expect(bump(repo, { allowHooks: true })).rejects.toThrow(
      `BUMP_ENGINE: bump-my-version or a hook of its configuration ${did}; a bump only takes changes of text files`,
    )
  })

  it('is refused when a file becomes binary, and left out when git ignores it', async () => {
    const binary = projectWithHooks(['sh -c "printf \'\\\\377\' > NEWS"'], { NEWS: 'text\n' })
    await expect(bump(binary, { allowHooks: true })).rejects.toThrow('BUMP_NOT_TEXT: NEWS is no UTF-8 text')
    const ignored = projectWithHooks(['sh -c "echo made > made.txt"'], { '.gitignore': 'made.txt\n' })
    expect(Object.keys(changes(await bump(ignored, { allowHooks: true })))).toEqual([
      '.bumpversion.toml',
      'V',
    ])
  })
})

describe('variables in the configuration', () => {
  it('do not bring a secret into a file', async () => {
    process.env.UV_INDEX_PRIVATE_PASSWORD = 'secret'
    const replace = 'replace = "{$UV_INDEX_PRIVATE_PASSWORD}"'
    const repo = gitRepo({ '.bumpversion.toml': configuration([replace], 'V'), V: '1.2.3\n' })
    await expect(bump(repo)).rejects.toThrow(`KeyError: '$UV_INDEX_PRIVATE_PASSWORD'`)
  })

  it('BUMPVERSION_* count as they do for the tool, except for the version and a dry run', async () => {
    Object.assign(process.env, {
      BUMPVERSION_REPLACE: 'v{new_version}',
      BUMPVERSION_NEW_VERSION: '9.9.9',
      BUMPVERSION_DRY_RUN: 'true',
      BUMPVERSION_COMMIT: 'true',
    })
    const repo = gitRepo({ '.bumpversion.toml': configuration([], 'V'), V: '1.2.3\n' })
    expect(changes(await bump(repo)).V).toBe('v1.2.4\n')
  })

  it('of Python do not reach the tool', async () => {
    const folder = tempDir()
    writeFileSync(join(folder, 'bumpversion.py'), 'raise SystemExit(7)\n')
    process.env.PYTHONPATH = folder
    const repo = gitRepo({ '.bumpversion.toml': configuration([], 'V'), V: '1.2.3\n' })
    expect(await bump(repo)).toMatchObject({ next: '1.2.4' })
  })
})
