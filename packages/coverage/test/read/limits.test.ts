import { describe, expect, it } from '@jest/globals'
import { refusal } from './plain.ts'

describe('more than a project can have', () => {
  const many = (count: number, of: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => of(index)).join('')

  it('is refused as tags', async () => {
    const text = `<coverage>${'<a/>'.repeat(20_000_000)}</coverage>`
    expect(await refusal('coverage.xml', text)).toBe(
      'coverage.xml has more than 20000000 tags (line 1). Refused for safety.',
    )
  })

  it.each([
    ['XML', `<coverage>${many(250_001, index => `<class filename="${index}"/>`)}</coverage>`],
    ['a Go profile', `mode: set\n${many(250_001, index => `${index}:1.1,1.2 1 1\n`)}`],
  ])('is refused as files of %s', async (_, text) => {
    expect(await refusal('report', text)).toBe('report lists more than 250000 files. Refused for safety.')
  })
})
