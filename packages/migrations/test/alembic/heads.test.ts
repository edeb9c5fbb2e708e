import { describe, expect, it } from '@jest/globals'
import { inOrder, withAncestors } from '../../src/alembic/graph.ts'
import { headProblems } from '../../src/alembic/heads.ts'
import type { Revision } from '../../src/alembic/revisions.ts'

function rev(id: string, ...down: string[]): Revision {
  return { id, down, doc: '', path: `alembic/versions/${id}_x.py`, line: 5, dependsOn: [] }
}

describe('the heads of a history', () => {
  it('of one line have nothing wrong, nor has a history that was merged again', () => {
    expect(headProblems([rev('1'), rev('2', '1')])).toEqual([])
    expect(headProblems([rev('1'), rev('2', '1'), rev('3', '1'), rev('4', '2', '3')])).toEqual([])
    expect(headProblems([])).toEqual([])
  })

  it('that are two are named with their files and parent, at the line to change', () => {
    expect(headProblems([rev('001'), rev('002', '001'), rev('003', '001')])).toEqual([
      {
        path: 'alembic/versions/003_x.py',
        position: { line: 5, column: 1 },
        message:
          'alembic has 2 heads: 002 (002_x.py) and 003 (003_x.py), both after 001. Run "alembic merge" or re-parent one.',
      },
    ])
  })

  it('that are three with several parents are named without a parent', () => {
    const [problem] = headProblems([rev('1'), rev('2', '1'), rev('3', '1'), rev('4', '2')].concat(rev('5')))
    expect(problem?.message).toBe(
      'alembic has 3 heads: 3 (3_x.py), 4 (4_x.py) and 5 (5_x.py). Run "alembic merge" or re-parent one.',
    )
  })

  it('are not looked at when a parent is missing or an id is used twice', () => {
    const twice: Revision = { ...rev('2', '1'), path: 'alembic/versions/other.py' }
    expect(
      headProblems([rev('1'), rev('2', '1'), twice, rev('3', '9')]).map(({ message }) => message),
    ).toEqual([
      'revision 2 is used twice: alembic/versions/2_x.py and alembic/versions/other.py. Give one of them another id.',
      'revision 3 comes after 9, which no file has. Restore that file, or correct down_revision.',
    ])
  })

  it('are none when the revisions go round in a circle', () => {
    expect(headProblems([rev('1', '2'), rev('2', '1')])[0]?.message).toBe(
      'the revisions go round in a circle. Correct down_revision in one of them.',
    )
  })
})

describe('the order of revisions', () => {
  it('puts parents and dependencies first, in histories of thousands', () => {
    const line = Array.from({ length: 5000 }, (_, index) =>
      index === 0 ? rev('0') : rev(String(index), String(index - 1)),
    )
    expect(inOrder(line.toReversed()).map(({ id }) => Number(id))).toEqual(line.map((_, index) => index))
    const depending = { ...rev('b', 'a'), dependsOn: ['c'] }
    expect(inOrder([depending, rev('a'), rev('c', 'a')]).map(({ id }) => id)).toEqual(['a', 'c', 'b'])
  })

  it('counts a dependency as an ancestor', () => {
    const all = [rev('a'), rev('c', 'a'), { ...rev('b', 'a'), dependsOn: ['c'] }, rev('d', 'c')]
    expect([...withAncestors(all, ['b'])].sort()).toEqual(['a', 'b', 'c'])
  })
})
