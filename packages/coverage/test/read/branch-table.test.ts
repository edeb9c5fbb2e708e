import { describe, expect, it } from '@jest/globals'
import { ExitCodes } from '../../src/read/exit-codes.ts'
import { Exits } from '../../src/read/exits.ts'

describe('the branches of a file', () => {
  const codes = new ExitCodes()
  const exits = new Exits(codes)
  exits.add(3, 2, 1)
  exits.missing(codes.codeOf('exit'))
  exits.add(8, 4, 1)
  exits.add(20, 2, 2)
  const table = exits.take()
  const all = new Map([
    [3, { exits: 2, taken: 1, missing: ['exit'] }],
    [8, { exits: 4, taken: 1 }],
    [20, { exits: 2, taken: 2, missing: [] }],
  ])

  it('are a map by line like any other', () => {
    expect(table.size).toBe(3)
    expect(new Map(table)).toEqual(all)
    expect(new Map(table.entries())).toEqual(all)
    expect([...table.keys()]).toEqual([3, 8, 20])
    expect([...table.values()]).toEqual([...all.values()])
    const seen = new Map<number, unknown>()
    table.forEach((branches, line, map) => {
      expect(map).toBe(table)
      seen.set(line, branches)
    })
    expect(seen).toEqual(all)
  })

  it('are found by line, and none is found on a line without', () => {
    for (let line = 0; line < 25; line++) {
      expect(table.has(line)).toBe(all.has(line))
      expect(table.get(line)).toEqual(all.get(line))
    }
    expect(new Exits(codes).take().get(1)).toBeUndefined()
  })
})
