import { describe, expect, it } from '@jest/globals'
import { diffSchemas } from '../../src/schema/diff-schemas.ts'

const catalog = (text: string) => ({ engine: 'catalog', text })
const LABELS = { before: 'base', after: 'this' }
const table = (name: string, ...columns: string[]) =>
  `CREATE TABLE public.${name} (\n${columns.map(column => `    ${column}`).join(',\n')}\n);\n`

describe('a diff of two schemas', () => {
  it('is empty for equal ones', () => {
    expect(diffSchemas(catalog('x'), catalog('x'), LABELS)).toEqual({
      equal: true,
      onlyOrder: false,
      diff: '',
      added: 0,
      removed: 0,
    })
  })

  it('is unified, and each hunk is headed by the object that changes', () => {
    const columns = ['a int', 'b int', 'c int', 'd int', 'e int']
    const before = [
      table('users', ...columns),
      table('teams', ...columns),
      'CREATE INDEX i ON public.users;\n',
    ]
    const after = [
      table('users', ...columns),
      table('teams', ...columns, 'f int'),
      'CREATE INDEX i ON public.users;\n',
    ]
    const { diff, added, removed, onlyOrder } = diffSchemas(
      catalog(before.join('\n')),
      catalog(after.join('\n')),
      LABELS,
    )
    expect(diff).toBe(`--- base
+++ this
@@ -11,7 +11,8 @@ CREATE TABLE public.teams
     b int,
     c int,
     d int,
-    e int
+    e int,
+    f int
 );
 
 CREATE INDEX i ON public.users;
`)
    expect([added, removed, onlyOrder]).toEqual([2, 1, false])
  })

  it('names the object that is gone', () => {
    const { diff } = diffSchemas(
      catalog(`${table('a', 'x int')}\n${table('b', 'y int')}`),
      catalog(table('a', 'x int')),
      LABELS,
    )
    expect(diff).toContain('@@ CREATE TABLE public.b\n')
  })

  it('knows when only the order of columns differs', () => {
    const diffOf = (one: string, other: string) => diffSchemas(catalog(one), catalog(other), LABELS).onlyOrder
    expect(diffOf(table('a', 'x int', 'y int'), table('a', 'y int', 'x int'))).toBe(true)
    expect(diffOf(table('a', 'x int', 'y int'), table('a', 'y int', 'x bigint'))).toBe(false)
    const type = (labels: string) => `CREATE TYPE public.mood AS ENUM (\n${labels}\n);\n`
    expect(diffOf(type("    'a',\n    'b'"), type("    'b',\n    'a'"))).toBe(false)
  })

  it('is cut to its budget, with the number of lines that are left out, and counts them all', () => {
    const many = Array.from({ length: 300 }, (_, index) => table(`t${index}`, 'é int')).join('\n')
    const { diff, added } = diffSchemas(catalog(table('a', 'x int')), catalog(many), LABELS, 2000)
    const shown = diff.trimEnd().split('\n')
    expect(Buffer.byteLength(diff)).toBeLessThan(2100)
    const [, left] = /^… (\d+) more lines of this diff are left out\.$/.exec(shown.at(-1) ?? '') ?? []
    expect(added).toBeGreaterThan(1100)
    expect(Number(left) + shown.length).toBeGreaterThan(1200)
  })

  it('of schemas far apart tells the objects alone', () => {
    const many = (name: string) =>
      Array.from({ length: 600 }, (_, index) => table(`${name}${index}`, `${name} int`, `${index} int`)).join(
        '\n',
      )
    const { diff } = diffSchemas(catalog(many('a')), catalog(many('b')), LABELS)
    expect(diff).toContain('more than 2000 lines differ')
    expect(diff).toContain('-CREATE TABLE public.a7\n')
  })

  it('of texts by different engines is refused', () => {
    const one = { engine: 'pg_dump 16.14', text: 'x' }
    expect(() => diffSchemas(one, catalog('x'), LABELS)).toThrow('cannot be compared with one by catalog')
    expect(diffSchemas(one, { engine: 'pg_dump 16.9', text: 'x' }, LABELS).equal).toBe(true)
  })
})
