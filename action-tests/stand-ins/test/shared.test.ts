import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { STAND_INS } from './run-stand-in.ts'

const actions = readdirSync(join(STAND_INS, 'actions'))
const shared = readdirSync(join(STAND_INS, 'shared'))
const read = (...path: string[]) => readFileSync(join(STAND_INS, ...path), 'utf8')

// act copies one stand-in's folder and nothing else, so each has its own copy of what they share.
describe.each(actions)('%s', action => {
  const files = readdirSync(join(STAND_INS, 'actions', action))

  it('has the current copy of each shared file that it holds', () => {
    const copies = files.filter(file => shared.includes(file))
    expect(copies).toContain('runner.mjs')
    for (const file of copies) expect(read('actions', action, file)).toBe(read('shared', file))
  })

  it('needs nothing outside its folder', () => {
    const modules = files.filter(file => file.endsWith('.mjs'))
    const imports = modules.flatMap(file =>
      [...read('actions', action, file).matchAll(/^(?:import|\}) .*from '([^']+)'/gm)].map(
        ([, from = '']) => from,
      ),
    )
    for (const from of imports) {
      if (from.startsWith('./')) expect(files).toContain(from.slice(2))
      else expect(from).toMatch(/^node:/)
    }
    expect(imports.length).toBeGreaterThan(0)
  })

  it('runs on node24 from files that exist', () => {
    const { runs } = parse(read('actions', action, 'action.yml'))
    expect(runs.using).toBe('node24')
    for (const entry of [runs.main, runs.post].filter(Boolean)) expect(files).toContain(entry)
  })
})
