import { describe, expect, it } from '@jest/globals'
import { UserError } from '@tokenledger/kit'
import { parsePathMap } from '../../src/paths/path-map.ts'
import { pathProblems } from '../../src/paths/path-problems.ts'
import { resolvePaths } from '../../src/paths/resolve-paths.ts'
import { report, tree } from './given.ts'

const problems = (
  names: readonly string[],
  sources: readonly string[],
  given: Parameters<typeof tree>[0],
) => {
  const of = report(names, { sources })
  const where = tree(given)
  return pathProblems(of, resolvePaths(of, where), where.tracked)
}

const many = (count: number, ...first: readonly string[]) => {
  return [...first, ...Array.from({ length: count - first.length }, (_, index) => `m${index}.py`)]
}

describe('what is said of the paths of a report', () => {
  it('is nothing when all are found', () => {
    expect(problems(['a.py'], [], { tracked: ['a.py'] })).toEqual({ failures: [], notes: [] })
  })

  it('is one failure with a path-map that could mend it, when none is found', () => {
    expect(problems(many(24, 'a.py'), ['/build/tokenledger'], { tracked: ['README.md'] }).failures).toEqual([
      'None of 24 report paths exists in the repository (first: "a.py"; sources: /build/tokenledger). Set path-map: "/build => ."',
    ])
  })

  it.each([
    [['/app/pkg/a.py'], [], ['README.md', 'backend/pkg/a.py', 'x/a.py'], '/app => backend'],
    [['a.py'], ['/app/pkg'], ['backend/pkg/a.py'], '/app => backend'],
    [['pkg/a.py'], [], ['backend/pkg/a.py'], 'pkg => backend/pkg'],
    [['a.py'], [], ['backend/a.py'], 'a.py => backend/a.py'],
    [['/src/x.py'], [], ['y.py'], '/src => .'],
    [['x.py'], [], ['y.py'], '<folder in the report> => <folder in the repository>'],
    [['m.py'], [], ['a/m.py', 'b/m.py'], '<folder in the report> => <folder in the repository>'],
  ])('suggests for %j under %j in %j: %s', (names, sources, tracked, entry) => {
    expect(problems(names, sources, { tracked }).failures[0]).toMatch(new RegExp(`Set path-map: "${entry}"$`))
  })

  it('suggests an entry that mends it', () => {
    const given = { tracked: ['backend/pkg/a.py'] }
    expect(problems(['a.py'], ['/app/pkg'], { ...given, pathMap: ['/app => backend'] }).failures).toEqual([])
    expect(problems(['pkg/a.py'], [], { ...given, pathMap: ['pkg => backend/pkg'] }).failures).toEqual([])
  })

  it('names the files that a name fits', () => {
    expect(
      problems(['models.py'], ['/w/repo/a', '/w/repo/b'], { tracked: ['a/models.py', 'b/models.py'] })
        .failures,
    ).toEqual(['"models.py" fits 2 tracked files (a/models.py, b/models.py); set path-map.'])
  })

  it('keeps a hundred ambiguous names to eleven lines', () => {
    const names = many(100)
    const tracked = names.flatMap(name => [`a/${name}`, `b/${name}`])
    const { failures } = problems(names, ['/w/repo/a', '/w/repo/b'], { tracked })
    expect(failures).toHaveLength(11)
    expect(failures[10]).toBe('90 more names fit several tracked files.')
  })

  it('fails for some that are missing, and notes those that need not be there', () => {
    const names = ['/w/repo/a.py', 'x1', 'x2', 'x3', 'x4', 'x5', 'x6', '_version.py', '/usr/lib/json.py']
    const exists = (path: string) => path === '_version.py'
    expect(problems(names, [], { tracked: ['a.py'], exists })).toEqual({
      failures: [
        '6 of 9 paths of coverage.xml do not exist in the repository: "x1", "x2", "x3", "x4", "x5" and 1 more. Set path-map, or exclude them.',
      ],
      notes: [
        '1 of 9 paths of coverage.xml is in the checkout but not tracked by git: "_version.py".',
        '1 of 9 paths of coverage.xml is outside the repository: "/usr/lib/json.py".',
      ],
    })
  })

  it('fails when all there is are untracked files', () => {
    expect(problems(['gen.py'], [], { tracked: ['a.py'], exists: () => true }).failures).toEqual([
      'None of 1 report paths is tracked by git (first: "gen.py"). They are in the checkout; commit them, or measure other files.',
    ])
  })

  it('is no failure when all were excluded', () => {
    expect(problems(['a.py'], [], { tracked: ['a.py'], exclude: ['*.py'] }).failures).toEqual([])
  })
})

describe('path-map lines', () => {
  it('are read into entries, without blank lines', () => {
    expect(parsePathMap(['/build/ => .', '', ' C:\\src\\app=>backend/src ', './x => y/'])).toEqual([
      ['/build', ''],
      ['c:/src/app', 'backend/src'],
      ['x', 'y'],
    ])
  })

  it.each(['/build', '/build =>', '=> .', 'a => b => c', '/build -> .'])('%j is refused', line => {
    expect(() => parsePathMap([line])).toThrow(UserError)
    expect(() => parsePathMap([line])).toThrow(
      `path-map line "${line}" is not of the form "from => to". Write for example "/build => .".`,
    )
  })

  it.each(['/build => /', '/build => /w/repo', 'a => ../b', 'a => ..', 'a => C:\\x'])(
    '%j leads out of the repository',
    line => expect(() => parsePathMap([line])).toThrow('leads out of the repository'),
  )
})
