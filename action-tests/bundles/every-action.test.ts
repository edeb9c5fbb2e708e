import { spawnSync } from 'node:child_process'
import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { runBundle, tempDir } from '@tokenledger/testkit'
import { parse } from 'yaml'
import { javascriptActions, root } from '../../packages/tools/src/repository.ts'

interface Description {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>
  readonly outputs: Readonly<Record<string, unknown>>
  readonly runs: { readonly using: string; readonly main: string }
}

/** What a job can do that has checked nothing out. */
const REMEDY: Readonly<Record<string, string>> = { gate: 'Give it as "needs: ' }

const describedAs = (action: string): Description =>
  parse(readFileSync(join(root, 'actions', action, 'action.yml'), 'utf8'))

describe.each(javascriptActions())('the built %s', action => {
  it('is what action.yml starts, on Node 24', () => {
    const { runs } = describedAs(action)
    expect(runs).toMatchObject({ using: 'node24', main: `../../dist/${action}/index.js` })
  })

  it('fails in an empty checkout, with no input given, with one sentence that names the remedy, and no stack', async () => {
    const { exitCode, annotations, stdout, stderr } = await runBundle(action)
    expect({ exitCode, annotations }).toEqual({
      exitCode: 1,
      annotations: [
        expect.objectContaining({
          level: 'error',
          message: expect.stringContaining(REMEDY[action] ?? 'Run actions/checkout before this step'),
        }),
      ],
    })
    expect(stderr).toBe('')
    expect(stdout).not.toMatch(/this is a bug|^\s+at /m)
  })

  it('sets no output that action.yml does not declare', async () => {
    const { outputs } = await runBundle(action)
    const declared = Object.keys(describedAs(action).outputs)
    expect(Object.keys(outputs).filter(name => !declared.includes(name))).toEqual([])
  })

  it('asks for its token to be masked before it prints anything else', async () => {
    const { inputs } = describedAs(action)
    const { stdout } = await runBundle(action, { env: { GITHUB_TOKEN: 'ghs_secret' } })
    const takesToken = 'github-token' in inputs
    expect(stdout.startsWith('::add-mask::ghs_secret')).toBe(takesToken)
    expect(stdout.replaceAll(/^::add-mask::.*$/gm, '')).not.toContain('ghs_secret')
  })

  it('does not let a wrong word pass in any input that is true or false', async () => {
    const flags = Object.entries(describedAs(action).inputs)
      .filter(([, { default: fallback }]) => fallback === 'true' || fallback === 'false')
      .map(([name]) => name)
    for (const name of flags) {
      const { annotations } = await runBundle(action, { inputs: { [name]: 'yes' } })
      const message = `Input ${name} is "yes"; allowed: true, false.`
      expect(annotations).toEqual([expect.objectContaining({ level: 'error', message })])
    }
  })
})

describe('detect-project on the example', () => {
  const copy = () => {
    const workspace = join(tempDir(), 'mein Gehäuse', 'tokenledger')
    cpSync(join(root, 'examples', 'tokenledger'), workspace, {
      recursive: true,
      filter: source => !/[\\/](?:node_modules|\.venv)$/.test(source),
    })
    return workspace
  }

  it('sets every declared output, from a path with spaces and umlauts, with no program on PATH', async () => {
    const run = await runBundle('detect-project', { workspace: copy(), env: { PATH: '/nowhere' } })
    expect(run.annotations.filter(({ level }) => level === 'error')).toEqual([])
    expect(run.exitCode).toBe(0)
    expect(Object.keys(run.outputs).sort()).toEqual(Object.keys(describedAs('detect-project').outputs).sort())
    expect(run.outputs).toMatchObject({ package: 'tokenledger', 'has-package': 'true' })
    expect(run.summary).toContain('| ')
  })

  it('leaves the checkout as it was', async () => {
    const workspace = copy()
    const git = (...args: readonly string[]) =>
      spawnSync('git', args, { cwd: workspace, encoding: 'utf8' }).stdout
    git('init', '--quiet')
    git('add', '--all', '--force')
    await runBundle('detect-project', { workspace })
    expect(
      git('status', '--porcelain', '--ignored')
        .split('\n')
        .filter(line => line && !line.startsWith('A ')),
    ).toEqual([])
  })
})
