import { describe, expect, it } from '@jest/globals'
import { adopter, PROJECTS, runInit, strippedExample, wholeExample } from '../init/adopters.ts'
import { runCheck } from './checking.ts'

const projects: readonly (readonly [string, () => string])[] = [
  ['examples/tokenledger without its workflows', strippedExample],
  ...Object.keys(PROJECTS).map(name => [name, () => adopter({}, name)] as const),
]

describe('what init writes', () => {
  it.each(projects)('has nothing that check finds, not even a warning, in %s', async (_, make) => {
    const folder = make()
    await runInit(folder)
    expect(await runCheck(folder, '--strict')).toEqual({ code: 0, printed: 'Nothing found.', said: '' })
  })
})

describe('examples/tokenledger as it is', () => {
  it('has nothing that check finds', async () => {
    expect(await runCheck(wholeExample(), '--strict')).toEqual({
      code: 0,
      printed: 'Nothing found.',
      said: '',
    })
  })
})
