import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { gitRepo, runBundle } from '@tokenledger/testkit'
import { pathWithUv } from '../../../action-tests/contracts/uv.ts'
import { errors } from './bump-job.ts'

/** A possessive quantifier is beyond JavaScript. */
const CONFIG = `[project]
name = "shop"
version = "1.2.3"
[tool.bumpversion]
current_version = "1.2.3"
parse = '(?P<major>\\d++)\\.(?P<minor>\\d+)\\.(?P<patch>\\d+)'
[[tool.bumpversion.files]]
filename = "a.txt"
`

async function bump(inputs: Readonly<Record<string, string>>) {
  const repository = gitRepo({ 'pyproject.toml': CONFIG, 'a.txt': 'v1.2.3\n' })
  repository.git('tag', 'v1.2.3')
  repository.commit({ 'b.txt': 'b\n' }, 'feat: b')
  const run = await runBundle('version-bump', {
    workspace: repository.path,
    inputs: { mode: 'files', ...inputs },
    // uv finds its index as the user has set it, and the certificates of this computer.
    env: { ...networkOf(process.env), PATH: pathWithUv() },
  })
  return { run, text: readFileSync(join(repository.path, 'a.txt'), 'utf8') }
}

function networkOf(env: NodeJS.ProcessEnv): Record<string, string> {
  const names = /^(UV_|PIP_|SSL_CERT|REQUESTS_CA|.*_proxy$)/i
  const passed = Object.entries(env).filter(([name]) => names.test(name))
  return Object.fromEntries(passed.map(([name, value]) => [name, value ?? '']))
}

describe('a configuration that the native engine cannot express', () => {
  it('is refused by it, with the name of the engine that can', async () => {
    const { run, text } = await bump({})
    expect(errors(run)).toEqual([
      expect.stringMatching(/^BUMP_REGEX_UNSUPPORTED: parse uses .*set engine: bump-my-version/),
    ])
    expect(text).toBe('v1.2.3\n')
  })

  it('is carried out by the tool itself', async () => {
    const { run, text } = await bump({ engine: 'bump-my-version' })
    expect(errors(run)).toEqual([])
    expect(run.outputs).toMatchObject({ 'new-version': '1.3.0', part: 'minor' })
    expect(text).toBe('v1.3.0\n')
  })
})
