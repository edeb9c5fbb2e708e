import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'
import { rules } from '../../src/check/rules/index.ts'

describe('every rule', () => {
  it('stands in a file of its name and is in the list', () => {
    const folder = fileURLToPath(new URL('../../src/check/rules', import.meta.url))
    const files = readdirSync(folder).filter(file => file !== 'index.ts')
    expect(rules.map(({ id }) => `${id}.ts`)).toEqual(files.sort())
  })

  it.each(rules.map(rule => [rule.id, rule] as const))('%s says why, and what to do', (id, { why, fix }) => {
    expect(id).toMatch(/^[a-z]+(?:-[a-z]+)*$/)
    expect(why).toMatch(/^\S.{30,}\.$/s)
    expect(fix).toMatch(/^\S.{10,}\.$/s)
  })
})
