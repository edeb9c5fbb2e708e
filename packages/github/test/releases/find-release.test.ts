import { describe, expect, it } from '@jest/globals'
import { findRelease, type Release } from '../../src/index.ts'

const SOUGHT = { tag: 'v1.2.3', marker: '<!-- release of v1.2.3 -->' }

function release(id: number, fields: Partial<Release> = {}): Release {
  const url = `https://example.test/${id}`
  return {
    id,
    tag: 'v1.2.3',
    name: '',
    body: '',
    isDraft: true,
    isPrerelease: false,
    isImmutable: false,
    url,
    uploadUrl: url,
    createdAt: '2026-01-01T00:00:00Z',
    ...fields,
  }
}

describe('the release of a tag is', () => {
  it('none among releases of other tags', () => {
    const others = [release(1, { tag: 'v1.2.30' }), release(2, { tag: 'v1.2', isDraft: false })]
    expect(findRelease(others, SOUGHT)).toEqual({ kind: 'none' })
  })

  it('its draft', () => {
    const draft = release(2)
    expect(findRelease([release(3, { tag: 'v2' }), draft], SOUGHT)).toEqual({ kind: 'draft', release: draft })
  })

  it('the published one, also beside drafts', () => {
    const published = release(2, { isDraft: false })
    expect(findRelease([release(3), published, release(1)], SOUGHT)).toEqual({
      kind: 'published',
      release: published,
    })
  })

  it('a draft that lost its tag and has our line', () => {
    const body = `notes\r\n\r\n  ${SOUGHT.marker}\r\n`
    const lost = release(2, { tag: 'untagged-0123', body })
    expect(findRelease([lost], SOUGHT)).toEqual({ kind: 'draft', release: lost })
  })

  it.each([
    ['without the line', { tag: 'untagged-0123', body: `see ${SOUGHT.marker} there` }],
    ['that was given another tag', { tag: 'v9', body: SOUGHT.marker }],
    ['that is published', { tag: 'untagged-0123', body: SOUGHT.marker, isDraft: false }],
  ])('not one %s', (_, fields) => {
    expect(findRelease([release(2, fields)], SOUGHT)).toEqual({ kind: 'none' })
  })

  it('unclear with two drafts, of which the older is named first', () => {
    const lost = release(4, { tag: 'untagged-0123', body: SOUGHT.marker })
    const drafts = [lost, release(7)]
    expect(findRelease([...drafts].reverse(), SOUGHT)).toEqual({ kind: 'duplicates', drafts })
  })
})
