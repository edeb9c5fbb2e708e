import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { STAND_INS } from './run-stand-in.ts'

const actions = ['actions', 'pypa'].flatMap(owner =>
  readdirSync(join(STAND_INS, owner)).map(name => `${owner}/${name}`),
)
const shared = readdirSync(join(STAND_INS, 'shared'))
const read = (...path: string[]) => readFileSync(join(STAND_INS, ...path), 'utf8')

describe.each(actions)('%s', action => {
  const files = readdirSync(join(STAND_INS, action))

  it('needs nothing but its own files, the shared ones and Node', () => {
    const modules = files.filter(file => file.endsWith('.mjs'))
    const imports = modules.flatMap(file =>
      [...read(action, file).matchAll(/^(?:import|\}) .*from '([^']+)'/gm)].map(([, from = '']) => from),
    )
    const known = [...files.map(file => `./${file}`), ...shared.map(file => `../../shared/${file}`)]
    expect(imports.filter(from => !from.startsWith('node:') && !known.includes(from))).toEqual([])
    expect(imports).toContain('../../shared/runner.mjs')
  })

  it('runs on node24 from files that exist', () => {
    const { runs } = parse(read(action, 'action.yml'))
    expect(runs.using).toBe('node24')
    for (const entry of [runs.main, runs.post].filter(Boolean)) expect(files).toContain(entry)
  })
})
