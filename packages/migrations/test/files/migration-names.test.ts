import { describe, expect, it } from '@jest/globals'
import { meaningOf, printable } from '../../src/files/migration-names.ts'

describe('the name of a file', () => {
  it.each([
    ['001_initial.sql', 1n, '001', '001_initial'],
    ['20260101120000-costs.sql', 20260101120000n, '20260101120000', '20260101120000-costs'],
    ['000_extensions.sql', 0n, '000', '000_extensions'],
    ['V2__teams.sql', 2n, '2', 'V2__teams'],
    ['0001_x.up.sql', 1n, '0001', '0001_x.up'],
    ['123456789012345678901234567890_far.sql', 123456789012345678901234567890n, undefined, undefined],
    ['7-añadir índice.sql', 7n, '7', '7-añadir índice'],
  ])('%s is a migration', (file, version, label, name) => {
    const meaning = meaningOf(file)
    expect(meaning).toMatchObject({ kind: 'migration', version })
    if (label !== undefined) expect(meaning).toMatchObject({ label, name })
  })

  it.each([
    ['001.sql', 'a name has to follow its number', '001_name.sql'],
    ['001_.sql', 'a name has to follow its number', '001_name.sql'],
    ['001initial.sql', '"_" or "-" has to follow its number', '001_initial.sql'],
    ['001 initial.sql', '"_" or "-" has to follow its number', '001_initial.sql'],
    ['001.do.initial.sql', '"_" or "-" has to follow its number', '001_initial.sql'],
    ['V2.1__more.sql', 'a version is a whole number, without dots', '2_name.sql'],
    ['001_initial.SQL', 'its ending has to be .sql in lower case', '001_initial.sql'],
    ['002_fill.py', 'only files that end in .sql are run', undefined],
    ['002_fill.sql.txt', 'only files that end in .sql are run', undefined],
    ['R__views.sql', 'repeatable migrations are not supported', undefined],
    ['B5__base.sql', 'its name has to start with its number', '5_name.sql'],
    ['migration_003.sql', 'its name has to start with its number', '003_name.sql'],
    ['m3-x.sql', 'its name has to start with its number', '3_name.sql'],
  ])('%s is a near miss: %s', (file, why, better) => {
    expect(meaningOf(file)).toEqual({ kind: 'near-miss', why, ...(better ? { better } : {}) })
  })

  it.each([
    ['001_x.down.sql', '001_x.up.sql'],
    ['001_x.down.sql', '001_x.sql'],
    ['001.undo.x.sql', '001.do.x.sql'],
    ['U2__teams.sql', 'V2__teams.sql'],
  ])('%s is the way back of %s', (file, forward) => {
    expect(meaningOf(file)).toMatchObject({ kind: 'undo', forward: expect.arrayContaining([forward]) })
  })

  it.each([
    ['seed.sql', 'unnumbered'],
    ['schema_v2.sql', 'unnumbered'],
    ['README.md', 'other'],
    ['001_notes.md', 'other'],
    ['001_x.sql.disabled', 'other'],
    ['._001_x.sql', 'other'],
    ['.001_x.sql', 'other'],
  ])('%s is %s', (file, kind) => {
    expect(meaningOf(file)).toEqual({ kind })
  })

  it('cannot smuggle a line into a log', () => {
    expect(meaningOf('001_x\n::error::y.sql').kind).not.toBe('migration')
    expect(printable('x\n::error::y.sql')).toBe('"x\\n::error::y.sql"')
  })
})
