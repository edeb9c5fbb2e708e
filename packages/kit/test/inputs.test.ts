import { afterEach, describe, expect, it } from '@jest/globals'
import { inputs } from '../src/index.ts'

const given = new Set<string>()
function give(name: string, value: string): void {
  const variable = `INPUT_${name.toUpperCase()}`
  process.env[variable] = value
  given.add(variable)
}
afterEach(() => {
  for (const variable of given) delete process.env[variable]
  given.clear()
})

describe('inputs', () => {
  it('names the allowed words when one is not among them', () => {
    give('cache-content', 'some')
    expect(() => inputs.oneOf('cache-content', ['auto', 'all', 'built', 'venv'], 'auto')).toThrow(
      'Input cache-content is "some"; allowed: auto, all, built, venv.',
    )
  })

  it('never reads a typo in a flag as false', () => {
    give('activate', 'yes')
    expect(() => inputs.flag('activate', true)).toThrow('Input activate is "yes"; allowed: true, false.')
  })

  it('splits lists at commas, blanks and new lines and keeps each word once', () => {
    give('extras', 'all, dev\nall\tserver,')
    expect(inputs.list('extras')).toEqual(['all', 'dev', 'server'])
  })

  it('falls back when an input is empty', () => {
    give('venv', '  ')
    expect(inputs.optional('venv', '.venv')).toBe('.venv')
  })

  it('refuses a number below the minimum', () => {
    give('retries', '0')
    expect(() => inputs.wholeNumber('retries', 3, 1)).toThrow(
      'Input retries is "0"; give a whole number of at least 1.',
    )
  })
})
