import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { content, repositoryFiles, root, run } from './tracked-files.ts'

const LONGEST_FILE = 250

describe('the sources', () => {
  it('have no type error', () => {
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
    expect(run(process.execPath, [tsc, '-p', 'tsconfig.json', '--noEmit'])).toEqual({ status: 0, output: '' })
  })

  it('pass the linter and are formatted', () => {
    const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome')
    const result = run(process.execPath, [biome, 'check', '--colors=off', '--error-on-warnings', '.'])
    expect(result).toEqual({
      status: 0,
      output: expect.stringMatching(/^Checked \d+ files.*No fixes applied/),
    })
  })

  it(`have no file of more than ${LONGEST_FILE} lines`, () => {
    const long = repositoryFiles('*.ts', '*.mjs', '*.cjs', '*.py', '*.sh')
      .filter(file => !file.startsWith('dist/'))
      .map(file => `${file}: ${content(file).split('\n').length - 1}`)
      .filter(entry => Number(entry.split(': ')[1]) > LONGEST_FILE)
    expect(long).toEqual([])
  })

  it('leave nothing for later', () => {
    // In parts, or this file would find itself.
    const marker = new RegExp(
      `\\b(?:${['TO', 'DO'].join('')}|${['FIX', 'ME'].join('')}|${['X', 'XX'].join('')})\\b`,
    )
    expect(ownText().filter(file => marker.test(content(file)))).toEqual([])
  })

  it('name no package registry, so that they work behind every mirror', () => {
    const host = (...parts: readonly string[]) => parts.join('\\.')
    const hosts = [
      host('pypi', 'org'),
      host('files', 'python' + 'hosted', 'org'),
      host('registry', 'npmjs', 'org'),
      host('registry', 'yarnpkg', 'com'),
      host('proxy', 'golang', 'org'),
      host('deb', 'debian', 'org'),
      host('archive', 'ubuntu', 'com'),
    ]
    const pattern = new RegExp(hosts.join('|'), 'i')
    expect(repositoryFiles().filter(file => pattern.test(content(file)))).toEqual([])
  })
})

/** What people of this repository wrote: no libraries, no lock files, no descriptions of others. */
function ownText(): string[] {
  const notOurs = /^dist\/|package-lock\.json$|uv\.lock$|\/fixtures\/|\.(?:png|svg|ico)$/
  return repositoryFiles().filter(file => !notOurs.test(file))
}
