import { insertRelease, type Release } from '../../src/keep-a-changelog/insert-release.ts'

export const RELEASE: Release = {
  version: '1.2.0',
  date: '2026-11-24',
  tag: 'v1.2.0',
  previousTag: 'v1.1.0',
  repositoryUrl: 'https://github.com/o/r',
}
export const insert = (text: string, more: Partial<Release> = {}) =>
  insertRelease(text, { ...RELEASE, ...more })
export const file = (...lines: readonly string[]) => `${lines.join('\n')}\n`
/** Lines that came, as they stand in the new text. */
export const added = (text: string, more: Partial<Release> = {}) => {
  const before = text.split('\n')
  return insert(text, more)
    .text.split('\n')
    .filter(line => line !== '' && !before.includes(line))
}
