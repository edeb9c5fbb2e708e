/** A risky change, by the name that squawk gives its rule. */
export interface RiskyChange {
  readonly rule: string
  readonly message: string
}

const NOT_VALID = 'Add it NOT VALID, and VALIDATE CONSTRAINT in a later file.'

/**
 * What each risky change does to the readers and writers of a table, and the safer way. Locks: PostgreSQL's documentation of
 * ALTER TABLE, CREATE INDEX and "Explicit Locking".
 */
export const risky = {
  dropTable: (table: string): RiskyChange => ({
    rule: 'ban-drop-table',
    message: `DROP TABLE ${table}: code that still uses it fails at once, and its rows are gone. Drop it one release after its last use.`,
  }),
  dropColumn: (table: string, column: string): RiskyChange => ({
    rule: 'ban-drop-column',
    message: `DROP COLUMN ${column} of ${table}: code that still names it fails at once, and its values are gone. Drop it one release after its last use.`,
  }),
  renameTable: (table: string, to: string): RiskyChange => ({
    rule: 'renaming-table',
    message: `RENAME of ${table} to ${to}: code that runs now asks for the old name and fails at once. Keep a view with the old name until no release uses it.`,
  }),
  renameColumn: (table: string, column: string, to: string): RiskyChange => ({
    rule: 'renaming-column',
    message: `RENAME of ${column} of ${table} to ${to}: code that runs now asks for the old name and fails at once. Add a column, write both, and drop the old one later.`,
  }),
  changeType: (table: string, column: string): RiskyChange => ({
    rule: 'changing-column-type',
    message: `TYPE of ${column} of ${table}: readers and writers wait while the table and its indexes may be written anew (the check "locks" measures it). Add a column of the new type, fill it in batches, and move over.`,
  }),
  setNotNull: (table: string, column: string): RiskyChange => ({
    rule: 'adding-not-nullable-field',
    message: `NOT NULL of ${column} of ${table}: readers and writers wait while every row is read. First add CHECK (${column} IS NOT NULL) NOT VALID and VALIDATE it in a later file; then NOT NULL reads no row.`,
  }),
  addRequired: (table: string, column: string): RiskyChange => ({
    rule: 'adding-required-field',
    message: `ADD COLUMN ${column} of ${table} is NOT NULL without DEFAULT: it fails when the table has rows, and inserts of code that runs now fail. Give it a DEFAULT, or add it without NOT NULL and fill it first.`,
  }),
  createIndex: (table: string): RiskyChange => ({
    rule: 'require-concurrent-index-creation',
    message: `CREATE INDEX on ${table}: writers wait until it is built. CREATE INDEX CONCURRENTLY lets them through; put it alone in its file with the first line "-- migrate:no-transaction".`,
  }),
  addForeignKey: (table: string): RiskyChange => ({
    rule: 'adding-foreign-key-constraint',
    message: `Foreign key of ${table}: writers of both tables wait while every row is checked. ${NOT_VALID}`,
  }),
  addCheck: (table: string): RiskyChange => ({
    rule: 'constraint-missing-not-valid',
    message: `CHECK of ${table}: readers and writers wait while every row is checked. ${NOT_VALID}`,
  }),
  addUnique: (table: string): RiskyChange => ({
    rule: 'disallowed-unique-constraint',
    message: `UNIQUE of ${table}: readers and writers wait until its index is built. CREATE UNIQUE INDEX CONCURRENTLY first, then ADD CONSTRAINT … UNIQUE USING INDEX.`,
  }),
  addPrimaryKey: (table: string): RiskyChange => ({
    rule: 'adding-serial-primary-key-field',
    message: `PRIMARY KEY of ${table}: readers and writers wait until its index is built. CREATE UNIQUE INDEX CONCURRENTLY first, then ADD CONSTRAINT … PRIMARY KEY USING INDEX.`,
  }),
}
