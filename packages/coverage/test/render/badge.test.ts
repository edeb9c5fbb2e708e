import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { badgeSvg } from '../../src/render/badge.ts'
import { shieldsEndpoint } from '../../src/render/shields-endpoint.ts'
import { textWidth } from '../../src/render/text-width.ts'

const badge = { label: 'coverage', percent: 91.2, display: '91.20%' }

/** Throws when it is not well-formed. */
function parsed(svg: string): { texts: string[]; root: Record<string, string> } {
  const [texts, open]: [string[], string[]] = [[], []]
  let root: Record<string, string> | undefined
  const parser = new SaxesParser()
  parser.on('opentag', ({ name, attributes }) => {
    root ??= attributes as Record<string, string>
    open.push(name)
  })
  parser.on('closetag', () => open.pop())
  parser.on('text', text => ['text', 'title'].includes(open.at(-1) ?? '') && texts.push(text))
  parser.on('error', error => {
    throw error
  })
  parser.write(svg).close()
  return { texts, root: root ?? {} }
}

describe('badgeSvg', () => {
  it('says what it shows to a screen reader', () => {
    const { texts, root } = parsed(badgeSvg(badge))
    expect(root).toMatchObject({ role: 'img', 'aria-label': 'coverage: 91.20%' })
    expect(texts).toEqual(['coverage: 91.20%', 'coverage', '91.20%'])
  })

  it('follows the system of the reader, or keeps to one theme', () => {
    expect(badgeSvg(badge)).toContain('@media(prefers-color-scheme:dark)')
    expect(badgeSvg(badge, { theme: 'light' })).not.toContain('@media')
    expect(badgeSvg(badge, { theme: 'light' })).not.toBe(badgeSvg(badge, { theme: 'dark' }))
  })

  it('is well-formed for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (label, display) => {
        expect(() => parsed(badgeSvg({ ...badge, label, display }))).not.toThrow()
      }),
    )
  })

  it('has white text on every colour with a contrast of 4.5 at least', () => {
    for (const percent of [95, 80, 65, 10]) {
      const colours = [...badgeSvg({ ...badge, percent }).matchAll(/#[0-9a-f]{6}/g)].map(([colour]) => colour)
      expect(colours).toHaveLength(4)
      for (const colour of colours) expect(contrastToWhite(colour)).toBeGreaterThanOrEqual(4.5)
    }
  })

  it('grows with its text', () => {
    const widthOf = (display: string) => Number(parsed(badgeSvg({ ...badge, display })).root.width)
    expect(widthOf('100%') - widthOf('9%')).toBe(
      Math.round(textWidth('100%', 11)) - Math.round(textWidth('9%', 11)),
    )
    expect(widthOf('100%')).toBeGreaterThan(widthOf('9%'))
  })
})

describe('shieldsEndpoint', () => {
  it.each([
    [100, 'brightgreen'],
    [90, 'brightgreen'],
    [89.99, 'yellow'],
    [74.99, 'orange'],
    [59.99, 'red'],
    [0, 'red'],
  ])('has a colour for %d', (percent, color) => {
    const message = `${percent}%`
    expect(shieldsEndpoint({ label: 'coverage', percent, display: message })).toEqual({
      schemaVersion: 1,
      label: 'coverage',
      message,
      color,
    })
  })

  it('takes a scale of its own', () => {
    const scale = { good: 50, fair: 40, weak: 30 }
    expect(shieldsEndpoint({ ...badge, percent: 50, scale }).color).toBe('brightgreen')
  })
})

/** WCAG 2.2, relative luminance and contrast ratio. */
function contrastToWhite(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(at => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
}
