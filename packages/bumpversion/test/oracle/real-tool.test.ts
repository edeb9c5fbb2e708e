import { describe, expect, it } from '@jest/globals'
import { bump, CONTEXT, type Files } from '../project.ts'
import { CASES, type OracleCase } from './cases.ts'
import { generatedCases } from './generated.ts'
import { INTENDED_DIFFERENCES } from './intended-differences.ts'
import { byRealTool } from './real-tool.ts'

interface Outcome {
  readonly ok: boolean
  readonly after: Files
}

describe('the real bump-my-version', () => {
  const theirs = byRealTool(
    CASES.map(({ files, request, env = {} }) => ({ files, request, env })),
    CONTEXT.now,
  )
  const told = CASES.map((oracle, index) => [oracle.name, oracle, theirs[index]] as const)
  const isIntended = (name: string): boolean => Object.hasOwn(INTENDED_DIFFERENCES, name)

  it.each(told.filter(([name]) => !isIntended(name)))('does the same: %s', (_, oracle, tool) => {
    expect({ ...ours(oracle), words: tool?.words }).toEqual(tool)
  })

  it.each(told.filter(([name]) => isIntended(name)))(
    'differs, and ours is meant: %s',
    (name, oracle, tool) => {
      const meant = INTENDED_DIFFERENCES[name]
      const mine = ours(oracle)
      expect(mine).toEqual({ ok: meant?.ok, after: { ...oracle.files, ...meant?.after } })
      expect({ ...mine, words: tool?.words }).not.toEqual(tool)
    },
  )

  it('comes to the same version for rules of parts of every kind', () => {
    const cases = generatedCases(250)
    const results = byRealTool(
      cases.map(({ files, request }) => ({ files, request, env: {} })),
      CONTEXT.now,
    )
    const told = cases.map((oracle, index) => ({
      project: oracle.files['pyproject.toml'],
      request: oracle.request,
      mine: ours(oracle).after['f.txt'],
      theirs: results[index]?.after['f.txt'],
      words: results[index]?.words,
    }))
    expect(told.filter(({ mine, theirs }) => mine !== theirs)).toEqual([])
    expect(told.filter(({ mine }) => mine !== 'NEXT').length).toBeGreaterThan(60)
  })

  it('differs in no case that is not there', () => {
    const names = CASES.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(Object.keys(INTENDED_DIFFERENCES)))
    expect(new Set(names).size).toBe(names.length)
  })
})

function ours({ files, request, env = {} }: OracleCase): Outcome {
  try {
    return { ok: true, after: bump(files, request, { ...CONTEXT, env }).after }
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'UserError') throw error
    return { ok: false, after: files }
  }
}
