import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Migration } from '../../src/files/migration.ts'
import { textOf } from '../../src/problem.ts'
import { type CompareOptions, compare } from '../../src/record/compare.ts'
import type { RecordedMigration } from '../../src/record/record.ts'
import { migrationOf, rowOf } from './migration-of.ts'

const STRICT: CompareOptions = {
  outOfOrder: 'error',
  checksums: 'error',
  accepted: new Map(),
  folder: 'migrations',
}

function compared(
  files: readonly Migration[],
  record: readonly RecordedMigration[],
  options: Partial<CompareOptions> = {},
) {
  const { pending, accept, problems, warnings, suspects } = compare(files, record, { ...STRICT, ...options })
  return {
    pending: pending.map(({ name }) => name),
    accept: accept.map(({ file }) => file.name),
    problems: problems.map(textOf),
    warnings: warnings.map(textOf),
    suspects,
  }
}

const [a, b, c] = ['001_a', '002_b', '003_c'].map(name => migrationOf(name)) as [
  Migration,
  Migration,
  Migration,
]
const good = { accept: [], problems: [], warnings: [], suspects: [] }

describe('files and record', () => {
  it('agree, and what the record lacks is pending', () => {
    expect(compared([a, b, c], [rowOf('001_a')])).toEqual({ ...good, pending: ['002_b', '003_c'] })
    expect(compared([a], [])).toEqual({ ...good, pending: ['001_a'] })
  })

  it('are compared by set difference: pending is files minus record, whatever the order', () => {
    const versions = fc.uniqueArray(fc.integer({ min: 0, max: 40 }))
    fc.assert(
      fc.property(versions, versions, (inFiles, inRecord) => {
        const files = inFiles.sort((x, y) => x - y).map(version => migrationOf(`${version}_m`))
        const record = inRecord.map(version => rowOf(`${version}_m`))
        const result = compare(files, record, { ...STRICT, outOfOrder: 'allow' })
        expect(result.pending.map(({ version }) => Number(version))).toEqual(
          inFiles.filter(version => !inRecord.includes(version)),
        )
        expect(result.problems).toHaveLength(inRecord.filter(version => !inFiles.includes(version)).length)
      }),
    )
  })

  it('differ when an applied file was edited: day, both checksums, commit and remedy', () => {
    const changed = migrationOf('001_initial', 'SELECT 2;')
    const row = rowOf('001_initial', 'SELECT 1;')
    const changes = new Map([['migrations/001_initial.sql', { commit: 'a1b2c3d', uncommitted: false }]])
    const sums = `recorded ${row.checksum.slice(0, 8)}…, file ${changed.checksum.slice(0, 8)}…`
    const remedy = `Restore it and add a new file, or pass accept-checksum: 001=${changed.checksum.slice(0, 8)}….`
    expect(compared([changed], [row], { changes }).problems).toEqual([
      `migrations/001_initial.sql was changed after it was applied on 2026-01-23 (${sums}; last changed in a1b2c3d). ${remedy}`,
    ])
    expect(compared([changed], [row])).toEqual({
      ...good,
      pending: [],
      problems: [
        `migrations/001_initial.sql was changed after it was applied on 2026-01-23 (${sums}). ${remedy}`,
      ],
      suspects: ['migrations/001_initial.sql'],
    })
    expect(compared([changed], [row], { checksums: 'warn' })).toMatchObject({
      problems: [],
      warnings: [expect.stringContaining('was changed after it was applied')],
    })
  })

  it('differ when an applied file is gone', () => {
    const changes = new Map([['migrations/003_c.sql', { commit: 'a1b2c3d', uncommitted: false }]])
    expect(compared([a, b], [rowOf('001_a'), rowOf('002_b'), rowOf('003_c')], { changes })).toEqual({
      ...good,
      pending: [],
      problems: ['003_c is recorded as applied but migrations/003_c.sql is gone (deleted in a1b2c3d).'],
      suspects: ['migrations/003_c.sql'],
    })
  })

  it('differ when an applied file got another number, and the text names it', () => {
    expect(compared([a, migrationOf('004_c', c.text)], [rowOf('001_a'), rowOf('003_c')]).problems).toEqual([
      '003_c is recorded as applied but migrations/003_c.sql is gone (migrations/004_c.sql has the same content). Number it back.',
    ])
  })

  it('differ when a file comes late, unless that is allowed', () => {
    const record = [rowOf('001_a'), rowOf('003_c')]
    expect(compared([a, b, c], record)).toEqual({
      ...good,
      pending: ['002_b'],
      problems: [
        'migrations/002_b.sql is not applied but 003_c.sql is. Renumber it after 003, or set out-of-order: allow.',
      ],
    })
    expect(compared([a, b, c], record, { outOfOrder: 'allow' })).toEqual({ ...good, pending: ['002_b'] })
  })

  it('may differ in the name alone, which is a warning', () => {
    expect(compared([migrationOf('001_start', a.text)], [rowOf('001_a')])).toEqual({
      ...good,
      pending: [],
      warnings: [
        'migrations/001_start.sql was applied under the name 001_a with the same content; the record keeps that name, and 001_start is not run again.',
      ],
    })
    const [composed, decomposed] = ['001_\u00fc', '001_u\u0308'] as [string, string]
    expect(compared([migrationOf(composed, a.text)], [rowOf(decomposed, a.text)]).warnings).toEqual([])
    expect(compared([migrationOf(decomposed, a.text)], [rowOf(composed, a.text)]).warnings).toEqual([])
  })

  it('differ when another file took an applied version', () => {
    const [problem] = compared([migrationOf('001_other')], [rowOf('001_a')]).problems
    expect(problem).toMatch(
      /^migrations\/001_other\.sql has the version of 001_a, which was applied on 2026-01-23 with other content \(recorded .{8}…, file .{8}…\)\. Give it a version of its own, and restore 001_a\.sql\.$/,
    )
  })
})

describe('accept-checksum', () => {
  const changed = migrationOf('007_x', 'SELECT 7;')
  const other = migrationOf('008_y', 'SELECT 88;')
  const record = [rowOf('007_x', 'SELECT 0;'), rowOf('008_y', 'SELECT 8;')]
  const accepting = (label: string, value: string) =>
    compared([changed, other], record, { accepted: new Map([[label, value]]) })

  it.each([
    ['007', changed.checksum],
    ['7', changed.checksum.slice(0, 8)],
    ['007', `${changed.checksum.slice(0, 8).toUpperCase()}…`],
  ])('%s=%s takes over this one edit and no other', (label, value) => {
    const result = accepting(label, value)
    expect(result.accept).toEqual(['007_x'])
    expect(result.problems).toEqual([expect.stringContaining('migrations/008_y.sql was changed')])
  })

  it.each([
    ['007', changed.checksum.slice(0, 7)],
    ['007', rowOf('007_x', 'SELECT 0;').checksum],
    ['007', ''],
    ['007', '…'],
  ])('%s=%s is not the checksum of the file, which is an error', (label, value) => {
    const result = accepting(label, value)
    expect(result.accept).toEqual([])
    expect(result.problems[0]).toMatch(
      /^migrations\/007_x\.sql has the checksum .{8}…, and accept-checksum: 007=/,
    )
  })

  it('for the version of no file is an error', () => {
    expect(accepting('009', changed.checksum).problems[0]).toBe(
      'accept-checksum: 009 is the version of no file.',
    )
  })

  it('stays in a workflow without harm where the record has it, or has nothing yet', () => {
    const accepted = new Map([['007', changed.checksum]])
    expect(compared([changed], [rowOf('007_x', 'SELECT 7;')], { accepted })).toEqual({ ...good, pending: [] })
    expect(compared([changed], [], { accepted })).toEqual({ ...good, pending: ['007_x'] })
  })
})
