import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { root } from './yaml-files.ts'

/** Where the errors of a release are written down. */
const SOURCES = [
  'actions/changelog-release',
  'packages/changelog',
  'packages/distributions',
  'packages/github',
]

function codesIn(folder: string): string[] {
  const names = readdirSync(join(root, folder, 'src'), { recursive: true, encoding: 'utf8' })
  const files = names.filter(name => name.endsWith('.ts')).map(name => join(root, folder, 'src', name))
  return files.flatMap(
    file => readFileSync(file, 'utf8').match(/\b(?:RELEASE|NOTES|HISTORY)_[A-Z_]+(?=: )/g) ?? [],
  )
}

describe('the page of changelog-release', () => {
  const page = readFileSync(join(root, 'actions/changelog-release/README.md'), 'utf8')
  const told = [...page.matchAll(/^\| `.*\|/gm)].join('\n')

  it('has a remedy for every code that the sources can give', () => {
    const codes = [...new Set(SOURCES.flatMap(codesIn))].sort()
    expect(codes).toEqual(expect.arrayContaining(['HISTORY_MISSING', 'NOTES_EMPTY', 'RELEASE_NO_FILES']))
    expect(codes.filter(code => !told.includes(code))).toEqual([])
  })
})
