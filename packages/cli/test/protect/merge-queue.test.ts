import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { found } from '../check/checking.ts'
import { type ProtectLab, protectLab } from './protect-lab.ts'

let here: ProtectLab

beforeEach(async () => {
  here = await protectLab()
})
afterEach(async () => {
  await here.github.close()
  expect(here.github.violations).toEqual([])
})

const workflow = () => `${here.checkout.path}/.github/workflows/ci.yml`
const rules = () => here.github.rulesets.find(({ name }) => name.includes('default branch'))?.rules

describe('protect --merge-queue', () => {
  it('turns the queue on, which tests on the newest state by itself, and has nothing to do then', async () => {
    await here.run('--apply', '--merge-queue')
    expect(rules()?.find(({ type }) => type === 'merge_queue')?.parameters).toMatchObject({
      grouping_strategy: 'ALLGREEN',
      merge_method: 'MERGE',
    })
    expect(rules()?.find(({ type }) => type === 'required_status_checks')?.parameters).toMatchObject({
      strict_required_status_checks_policy: false,
    })
    expect((await here.run('--merge-queue')).code).toBe(0)
  })

  it('is off unless it is asked for', async () => {
    await here.run('--apply')
    expect(rules()?.map(({ type }) => type)).not.toContain('merge_queue')
  })

  it('is refused where a required check would never come, before anything is written', async () => {
    writeFileSync(workflow(), readFileSync(workflow(), 'utf8').replace(/ {2}merge_group:\n.*\n/, ''))
    await expect(here.run('--apply', '--merge-queue')).rejects.toThrow(
      'PROTECT_MERGE_QUEUE: --merge-queue would wait for ever: .github/workflows/ci.yml reports a required check and does not start on merge_group. Add "merge_group:" with "types: [checks_requested]" to its "on:".',
    )
    rmSync(workflow())
    await expect(here.run('--write', '--merge-queue')).rejects.toThrow(
      'PROTECT_MERGE_QUEUE: --merge-queue would merge untested, as no workflow here gives a check to every pull request that could be required.',
    )
    expect(here.writes()).toEqual([])
  })

  it('writes files in which check finds a workflow that the queue would wait for', async () => {
    await here.run('--write', '--merge-queue')
    const path = '.github/rulesets/default-branch.json'
    const text = readFileSync(`${here.checkout.path}/${path}`, 'utf8')
    const ci = readFileSync(workflow(), 'utf8')
    const files = { [path]: text, '.github/workflows/ci.yml': ci }
    expect(await found('merge-group-missing', files)).toEqual([])
    const without = ci.replace(/ {2}merge_group:\n.*\n/, '')
    expect(
      await found('merge-group-missing', { ...files, '.github/workflows/ci.yml': without }),
    ).toHaveLength(1)
  })
})
