import { describe, expect, it } from '@jest/globals'
import { tempDir, writeFiles } from '@tokenledger/testkit'
import type { Finding } from '../../packages/cli/src/check/finding.ts'
import { openRepository } from '../../packages/cli/src/check/repository.ts'
import { actionInputs } from '../../packages/cli/src/check/rules/action-inputs.ts'
import { callInputs } from '../../packages/cli/src/check/rules/call-inputs.ts'
import { callKeys } from '../../packages/cli/src/check/rules/call-keys.ts'
import { callOutputs } from '../../packages/cli/src/check/rules/call-outputs.ts'
import { callPermissions } from '../../packages/cli/src/check/rules/call-permissions.ts'
import { invalidYaml } from '../../packages/cli/src/check/rules/invalid-yaml.ts'
import { ownPartUnknown } from '../../packages/cli/src/check/rules/own-part-unknown.ts'
import { secretsNotPassed } from '../../packages/cli/src/check/rules/secrets-not-passed.ts'
import { runRules } from '../../packages/cli/src/check/run-rules.ts'
import { content, repositoryFiles } from '../static/tracked-files.ts'

/** What a reader copies must fit our contract; what else `check` has to say is of whole files. */
const RULES = [
  ...[actionInputs, callInputs, callKeys, callOutputs, callPermissions],
  ...[invalidYaml, ownPartUnknown, secretsNotPassed],
]
const PATH = '.github/workflows/page.yml'

describe('every usage block of our pages', () => {
  const blocks = repositoryFiles('README.md', 'docs/*.md', 'actions/*/README.md').flatMap(blocksOf)

  it('is among those that are looked at', () => {
    expect(blocks.length).toBeGreaterThan(25)
    expect(blocks.filter(([, text]) => text.includes('tokenledger-actions')).length).toBeGreaterThan(20)
  })

  it.each(blocks)('%s calls what there is, with what it takes', async (_, text) => {
    expect(await findings(text)).toEqual([])
  })

  it('would be blamed for a wrong name', async () => {
    const [found] = await findings('- uses: org/tokenledger-actions/setup@v1\n  with: { python: 3.12 }\n')
    expect(found?.message).toMatch(/has no input 'python'/)
  })
})

async function findings(block: string): Promise<readonly Finding[]> {
  const folder = tempDir('page-')
  writeFiles(folder, { [PATH]: block.startsWith('- ') ? asSteps(block) : block })
  return runRules(await openRepository(folder), RULES).findings
}

/** The blocks of a page as workflows or lists of steps. Indented ones go on where the first workflow of the page ends. */
function blocksOf(page: string): [string, string][] {
  const text = content(page)
  const found = [...text.matchAll(/^```ya?ml\n([\s\S]*?)^```/gm)]
  const [first = ''] = found.map(match => match[1] ?? '').filter(block => /^jobs:/m.test(block))
  return found.map(({ 1: block = '', index }) => {
    const line = text.slice(0, index).split('\n').length
    const isJob = /^[\w-]+:\n {2}/.test(block) && !/^(?:on|name|jobs):/m.test(block)
    const whole = block.startsWith(' ') ? `${first}${block}` : isJob ? asJobs(block) : block
    return [`${page}:${line}`, whole]
  })
}

function asJobs(block: string): string {
  return `on: push\njobs:\n${block.replace(/^(?=.)/gm, '  ')}`
}

function asSteps(block: string): string {
  return `on: push\njobs:\n  page:\n    steps:\n${block.replace(/^(?=.)/gm, '      ')}`
}
