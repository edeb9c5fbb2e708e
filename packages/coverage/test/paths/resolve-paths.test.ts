import { describe, expect, it } from '@jest/globals'
import { resolvePaths } from '../../src/paths/resolve-paths.ts'
import { found, report, resolve, tree } from './given.ts'

describe('a name of a report in the checkout where it was written', () => {
  it("is below one of the report's sources, as in TokenLedger's own reports", () => {
    const tracked = ['tokenledger/a.py', 'tokenledger/db/b.py']
    expect(found(['a.py', 'db/b.py'], ['/w/repo/tokenledger'], { tracked })).toEqual(tracked)
  })

  it('is found below whichever source it is', () => {
    const tracked = ['src/a.py', 'lib/b.py']
    expect(found(['a.py', 'b.py'], ['/w/repo/lib', '/w/repo/src'], { tracked })).toEqual(tracked)
  })

  it('stands for the file below a source, not for one of the same name at the root', () => {
    expect(
      found(['conftest.py'], ['/w/repo/tests'], { tracked: ['conftest.py', 'tests/conftest.py'] }),
    ).toEqual(['tests/conftest.py'])
  })

  it('is relative to the root after all, when no source has it', () => {
    expect(found(['src/a.py'], ['/w/repo/build'], { tracked: ['src/a.py'] })).toEqual(['src/a.py'])
  })

  it('is ambiguous when files below two sources fit', () => {
    const { files, ambiguous } = resolve(['models.py'], ['/w/repo/b', '/w/repo/a'], {
      tracked: ['a/models.py', 'b/models.py'],
    })
    expect([...files]).toEqual([])
    expect(ambiguous).toEqual([{ name: 'models.py', candidates: ['a/models.py', 'b/models.py'] }])
  })

  it('may be absolute, relative to the root, or to the working directory', () => {
    const tracked = ['backend/app/a.py', 'backend/app/b.py', 'tools/c.py']
    const names = ['/w/repo/backend/app/a.py', 'app/b.py', './tools/c.py']
    expect(found(names, [], { tracked, workingDirectory: 'backend' })).toEqual(tracked)
  })

  it('is relative to a source that is relative itself', () => {
    expect(found(['a.py'], ['src'], { tracked: ['backend/src/a.py'], workingDirectory: 'backend' })).toEqual([
      'backend/src/a.py',
    ])
    expect(found(['../lib/a.py'], ['src'], { tracked: ['lib/a.py'] })).toEqual(['lib/a.py'])
  })

  it('is of the folder that more names of the report are of, when it fits the working directory and the root', () => {
    const tracked = ['conftest.py', 'backend/conftest.py', 'backend/app.py', 'tools/x.py']
    const given = { tracked, workingDirectory: 'backend' }
    expect(found(['conftest.py', 'app.py'], [], given)).toContain('backend/conftest.py')
    expect(found(['conftest.py', 'tools/x.py'], [], given)).toContain('conftest.py')
    expect(resolve(['conftest.py'], [], given).ambiguous).toHaveLength(1)
  })

  it('may be of Windows, with backslashes and a drive in either case', () => {
    const windows = { tracked: ['pkg/a.py', 'pkg/b.py', 'c.py'], workspace: 'D:\\a\\repo' }
    const names = ['a.py', 'd:/a/repo/pkg/b.py', 'D:\\a\\repo\\c.py']
    expect(found(names, ['d:\\a\\repo\\pkg'], windows)).toEqual(windows.tracked)
    expect(found(['pkg\\a.py'], [], windows)).toEqual(['pkg/a.py'])
  })

  it('may hold a backslash where git has it so', () => {
    expect(found(['a\\b.py'], [], { tracked: ['a\\b.py', 'a/b.py'] })).toEqual(['a\\b.py'])
  })

  it('counts once when two names are the same file', () => {
    const { files, unresolved } = resolve(['a.py', '/w/repo/a.py'], [], { tracked: ['a.py'] })
    expect([...files.keys()]).toEqual(['a.py'])
    expect(files.get('a.py')?.lines).toHaveLength(1)
    expect(unresolved).toEqual([])
  })
})

describe('a name of a report that another machine wrote', () => {
  it('is found below the folder that was the root there', () => {
    const tracked = ['tokenledger/a.py', 'tokenledger/db/b.py', 'a.py']
    expect(found(['a.py', 'db/b.py'], ['/build/tokenledger'], { tracked })).toEqual([
      'tokenledger/a.py',
      'tokenledger/db/b.py',
    ])
  })

  it('has its longest tracked tail when it is alone', () => {
    expect(found(['/home/ci/repo/pkg/a.py'], [], { tracked: ['pkg/a.py', 'a.py'] })).toEqual(['pkg/a.py'])
  })

  it('may be of Windows', () => {
    expect(found(['a.py'], ['D:\\a\\repo\\repo\\pkg'], { tracked: ['pkg/a.py'] })).toEqual(['pkg/a.py'])
  })

  it('is found in the working directory, when that was the root there', () => {
    expect(
      found(['a.py'], ['/app/pkg'], { tracked: ['backend/pkg/a.py'], workingDirectory: 'backend' }),
    ).toEqual(['backend/pkg/a.py'])
  })

  it('is not matched by a tail that no other name shares', () => {
    const { files, unresolved } = resolve(['/build/pkg/a.py', '/build/pkg/b.py', '/opt/setup.py'], [], {
      tracked: ['pkg/a.py', 'pkg/b.py', 'setup.py'],
    })
    expect([...files.keys()]).toEqual(['pkg/a.py', 'pkg/b.py'])
    expect(unresolved).toEqual([{ name: '/opt/setup.py', reason: 'missing' }])
  })

  it('is not matched by a tail at all when the report is of this checkout', () => {
    const { files, unresolved } = resolve(['/w/repo/pkg/a.py', '/opt/pkg/b.py'], [], {
      tracked: ['pkg/a.py', 'pkg/b.py'],
    })
    expect([...files.keys()]).toEqual(['pkg/a.py'])
    expect(unresolved).toEqual([{ name: '/opt/pkg/b.py', reason: 'outside' }])
  })

  it('is ambiguous when it fits below two sources', () => {
    const { ambiguous } = resolve(['m.py', 'x.py', 'y.py'], ['/build/a', '/build/b'], {
      tracked: ['a/m.py', 'b/m.py', 'a/x.py', 'b/y.py'],
    })
    expect(ambiguous).toEqual([{ name: 'm.py', candidates: ['a/m.py', 'b/m.py'] }])
  })
})

describe('names of other formats', () => {
  it('of Go start with the path of the module', () => {
    const names = ['github.com/o/r/ledger/a.go', 'github.com/o/r/main.go']
    const go = report(names, { format: 'go' })
    const tracked = ['ledger/a.go', 'main.go']
    expect([...resolvePaths(go, tree({ tracked })).files.keys()]).toEqual(tracked)
  })

  it('of JaCoCo are below a source root that is not said', () => {
    const java = report(['com/acme/Ledger.java', 'com/acme/Main.java'], { format: 'jacoco' })
    const tracked = [
      'app/src/main/java/com/acme/Ledger.java',
      'app/com/acme/Main.java',
      'web/com/acme/Main.java',
    ]
    const { files, ambiguous } = resolvePaths(java, tree({ tracked }))
    expect([...files.keys()]).toEqual([tracked[0]])
    expect(ambiguous[0]?.candidates).toEqual([tracked[1], tracked[2]])
  })

  it('of Python are not: a name alone says too little', () => {
    expect(found(['ledger.py'], [], { tracked: ['src/ledger.py'] })).toEqual([])
  })
})

describe('path-map', () => {
  it('comes before all else', () => {
    const given = { tracked: ['a/models.py', 'b/models.py'], pathMap: ['/w/repo/b => b'] }
    expect(found(['models.py'], ['/w/repo/a', '/w/repo/b'], given)).toEqual(['b/models.py'])
  })

  it('leads from a folder of another machine, or one of the report, to one of the repository', () => {
    const tracked = ['backend/src/a.py', 'web/b.ts', 'web/c.ts']
    const given = { tracked, pathMap: ['C:\\build\\ => backend', './ui => web', 'c.ts => web/c.ts'] }
    expect(found(['C:\\build\\src\\a.py', 'ui/b.ts', 'c.ts'], [], given)).toEqual(tracked)
  })

  it('from "." is for every relative name', () => {
    expect(found(['a.py'], [], { tracked: ['deep/down/a.py'], pathMap: ['. => deep/down'] })).toEqual([
      'deep/down/a.py',
    ])
  })

  it('holds for whole folder names', () => {
    expect(
      found(['/builder/a.py'], [], { tracked: ['x/er/a.py', 'x/a.py'], pathMap: ['/build => x'] }),
    ).toEqual([])
  })
})

describe('names that are no tracked file', () => {
  const exists = (path: string) => ['pkg/_version.py', '.venv/lib/site-packages/dep.py'].includes(path)
  const local = { tracked: ['pkg/a.py'], exists }

  it('are told apart by why', () => {
    const names = [
      '_version.py',
      'gone.py',
      '/usr/lib/python3/json.py',
      '/w/repo/.venv/lib/site-packages/dep.py',
      'a.py',
    ]
    const { files, unresolved, others } = resolve(names, ['/w/repo/pkg'], local)
    expect([...files.keys()]).toEqual(['pkg/a.py'])
    expect(unresolved).toEqual([
      { name: '_version.py', reason: 'untracked' },
      { name: 'gone.py', reason: 'missing' },
      { name: '/usr/lib/python3/json.py', reason: 'outside' },
      { name: '/w/repo/.venv/lib/site-packages/dep.py', reason: 'outside' },
    ])
    expect([...others.keys()]).toEqual([
      'pkg/_version.py',
      'gone.py',
      '/usr/lib/python3/json.py',
      '/w/repo/.venv/lib/site-packages/dep.py',
    ])
  })

  it('are of an installed package wherever that is', () => {
    const names = ['/venv/lib/python3.11/site-packages/pkg/a.py', '/usr/lib/python3/dist-packages/pkg/a.py']
    expect(resolve(names, [], local).unresolved.map(({ reason }) => reason)).toEqual(['outside', 'outside'])
  })

  it('are outside when they lead above the root', () => {
    expect(resolve(['../other/a.py'], [], local).unresolved).toEqual([
      { name: '../other/a.py', reason: 'outside' },
    ])
  })
})

describe('exclude', () => {
  it('leaves out paths by glob or folder, found or not, and settles what is ambiguous only when it takes all', () => {
    const tracked = ['pkg/a.py', 'tests/.made/t.py', 'gen/x_pb2.py', 'one/m.py', 'two/m.py']
    const sources = ['/w/repo/one', '/w/repo/two', '/w/repo']
    const names = ['pkg/a.py', 'tests/.made/t.py', 'gen/x_pb2.py', 'm.py', 'gone_pb2.py']
    const some = resolve(names, sources, { tracked, exclude: ['./tests/', '**/*_pb2.py', 'one'] })
    expect([...some.files.keys()]).toEqual(['pkg/a.py'])
    expect(some.excluded).toEqual(['tests/.made/t.py', 'gen/x_pb2.py', 'gone_pb2.py'])
    expect(some.ambiguous).toHaveLength(1)
    expect(some.unresolved).toEqual([])
    expect(resolve(names, sources, { tracked, exclude: ['{one,two}/**'] }).ambiguous).toEqual([])
  })
})
