import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { adopter, EXAMPLE, lineOn, runInit, textOf } from './adopters.ts'

const CI = '.github/workflows/ci.yml'
const RELEASE = '.github/workflows/release.yml'
const SHA = 'f'.repeat(40)
const ours = (path: string) => readFileSync(join(EXAMPLE, path), 'utf8')
const older = readFileSync(join(import.meta.dirname, 'fixtures', 'release-before.yml'), 'utf8')

/** What init says of a workflow that is there, and what it makes of it. */
async function after(path: string, text: string, args: readonly string[] = ['--yes']) {
  const folder = adopter({ [path]: text })
  const ran = await runInit(folder, args)
  return { line: lineOn(path, ran), text: textOf(folder, path) }
}

describe('a workflow that is there', () => {
  it('stays when it was made by hand', async () => {
    const text = 'name: CI\non: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps: [{ run: "true" }]\n'
    const ci = await after(CI, text)
    expect(ci.text).toBe(text)
    expect(ci.line).toContain(`left ${CI} made by hand: it calls nothing of tokenledger-actions`)
  })

  it('stays when somebody changed what init wrote', async () => {
    const text = ours(CI).replace('pull_request:', 'pull_request:\n  workflow_dispatch:')
    const ci = await after(CI, text)
    expect(ci.text).toBe(text)
    expect(ci.line).toContain(`left ${CI} changed by hand since init wrote it`)
  })

  it('keeps the versions that Dependabot and people chose', async () => {
    const text = ours(RELEASE)
      .replaceAll(
        'tokenledger-actions/actions/changelog-release@v1',
        `tokenledger-actions/actions/changelog-release@${SHA} # v1.4.2`,
      )
      .replace(/(download-artifact@)\S+ # v8.0.1/, `$1${SHA} # v9.0.0`)
    const release = await after(RELEASE, text)
    expect(release.text).toBe(text)
    expect(release.line).toMatch(/^current /)
  })

  it('keeps the branch that people chose', async () => {
    const text = ours(CI).replace('[main]', '[develop]')
    expect(await after(CI, text)).toMatchObject({ text, line: expect.stringMatching(/^current /) })
  })

  it('is brought up to date when it is an older template that nobody changed', async () => {
    const release = await after(RELEASE, older)
    expect(release.text).toBe(ours(RELEASE))
    expect(release.line).toContain(`change ${RELEASE} an older template, unchanged`)
  })

  it('gets the merge queue of today when it is the one from before', async () => {
    const before = ours(CI)
      .replace('  merge_group:\n    types: [checks_requested]\n', '')
      .replace(/# A push to .*\n/, '')
      .replace(/group: ci-.*/, 'group: ci-${' + '{ github.ref }}')
    for (const lines of [before, before.replace(/ +pull-requests: write.*\n/, '')]) {
      const ci = await after(CI, lines)
      expect(ci.line).toContain(`change ${CI} an older template, unchanged`)
      expect(ci.text).toContain('merge_group:')
    }
  })

  it('keeps its versions and its line ends when it is brought up to date', async () => {
    const pinned = older.replace(/(gh-action-pypi-publish@)\S+ # v\S+/, `$1${SHA} # v2.0.0`)
    const { text } = await after(RELEASE, pinned.replaceAll('\n', '\r\n'))
    const expected = ours(RELEASE).replace(/(gh-action-pypi-publish@)\S+ # v\S+/, `$1${SHA} # v2.0.0`)
    expect(text).toBe(expected.replaceAll('\n', '\r\n'))
  })

  it('has the right to comment while coverage is measured', async () => {
    const without = ours(CI).replace(/\n.*# the comment on coverage/, '')
    expect(await after(CI, without)).toMatchObject({ text: ours(CI) })
    const folder = adopter({ [CI]: ours(CI) }, 'poetry-core without Postgres')
    await runInit(folder)
    expect(textOf(folder, CI)).toBe(without)
  })

  it('may call another version than the one beside it', async () => {
    const text = ours(RELEASE).replaceAll('@v1\n', '@v2\n')
    const folder = adopter({ [CI]: ours(CI), [RELEASE]: text })
    expect(lineOn(RELEASE, await runInit(folder))).toMatch(/^current /)
    expect(textOf(folder, RELEASE)).toBe(text)
  })

  it('is known as ours when it calls a copy of another name', async () => {
    const folder = adopter({})
    await runInit(folder, ['--yes', '--owner', 'acme/pipelines@v3'])
    const ran = await runInit(folder)
    expect(ran.said).toBe('Everything is in place; there is nothing to write.')
    expect(lineOn(CI, ran)).toMatch(/^current /)
  })

  it('counts as ours with its call in quotes, and as changed', async () => {
    const text = ours(CI).replace(/uses: (.*)/, 'uses: "$1"')
    const ci = await after(CI, text)
    expect(ci.text).toBe(text)
    expect(ci.line).toContain('changed by hand')
  })

  it('is called by another owner and version only when --owner says so', async () => {
    const text = ours(CI).replaceAll('org/tokenledger-actions', 'acme/tokenledger-actions')
    expect((await after(CI, text)).text).toBe(text)
    const moved = await after(CI, text, ['--yes', '--owner', 'other/ci-actions@v2'])
    expect(moved.text).toContain('uses: other/ci-actions/.github/workflows/ci.yml@v2\n')
    expect(moved.line).toContain('calls other/ci-actions@v2, as --owner says')
  })

  it('decides which owner and version the others call', async () => {
    const folder = adopter({
      [CI]: ours(CI)
        .replace('org/tokenledger-actions', 'acme/tokenledger-actions')
        .replace('@v1', `@${SHA} # v1.4.2`),
    })
    await runInit(folder)
    expect(textOf(folder, '.github/workflows/version-bump.yml')).toContain(
      `uses: acme/tokenledger-actions/.github/workflows/version-bump.yml@${SHA} # v1.4.2\n`,
    )
  })

  it('is not doubled under our name', async () => {
    const folder = adopter({ '.github/workflows/checks.yaml': ours(CI) })
    expect(lineOn(CI, await runInit(folder))).toBe(`left ${CI} checks.yaml calls ci.yml already`)
  })
})
