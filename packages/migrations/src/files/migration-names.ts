/** What the name of a file in a folder of migrations means. */
export type MeaningOfName =
  | { readonly kind: 'migration'; readonly version: bigint; readonly label: string; readonly name: string }
  /** Runs with care only: the name looks like a migration's and is none, so leaving it out could lose a change. */
  | { readonly kind: 'near-miss'; readonly why: string; readonly better?: string }
  /** Never run: the way back of a migration. `forward` are the names of which one has to be there. */
  | { readonly kind: 'undo'; readonly forward: readonly string[] }
  /** Never run: SQL without a number, such as `seed.sql`. */
  | { readonly kind: 'unnumbered' }
  | { readonly kind: 'other' }

/** `001_initial.sql`, `20260101120000-costs.sql`, golang-migrate's `001_initial.up.sql`, Flyway's `V2__teams.sql`. */
const MIGRATION = /^[Vv]?(\d+)[_-].+\.sql$/
/** golang-migrate and sqlx say `.down.sql`, postgrator `001.undo.x.sql`, Flyway `U2__x.sql`. */
const UNDO = /^[Vv]?\d+.*\.(?:down|undo|rollback|revert)\.sql$|^\d+\.undo\..*\.sql$|^U\d+.*\.sql$/
const NUMBERED = /^[Vv]?(\d+)(.*)$/
/** Programs that other runners take as migrations, and SQL under another ending. */
const OTHER_ENDINGS = /\.(?:py|js|mjs|cjs|ts|rb|go|php|sh|psql|pgsql|ddl|sql\.txt)$/i
const WORD_BEFORE_NUMBER =
  /^(?:m|mig|migrate|migration|version|ver|rev|step|patch|update|release)[._-]?(\d+)/i

/**
 * Reads a file name. The number is a whole one of any length, `_` or `-` follows and then a name; a `V` before it is
 * Flyway's. Numbers with dots have no agreed order against whole ones, so they are near misses.
 */
export function meaningOf(file: string): MeaningOfName {
  if (file.startsWith('.')) return { kind: 'other' }
  if (UNDO.test(file)) return { kind: 'undo', forward: forwardNames(file) }
  const [, label] = MIGRATION.exec(file) ?? []
  if (label !== undefined) {
    return { kind: 'migration', version: BigInt(label), label, name: file.replace(/\.sql$/, '') }
  }
  const numbered = NUMBERED.exec(file)
  if (numbered) return numberedNearMiss(file, numbered[1] ?? '', numbered[2] ?? '')
  if (!/\.sql$/i.test(file)) return { kind: 'other' }
  if (/^R__/.test(file)) return { kind: 'near-miss', why: 'repeatable migrations are not supported' }
  const [, number] = /^[Bb](\d+)__/.exec(file) ?? WORD_BEFORE_NUMBER.exec(file) ?? []
  return number === undefined
    ? { kind: 'unnumbered' }
    : { kind: 'near-miss', why: 'its name has to start with its number', better: `${number}_name.sql` }
}

function numberedNearMiss(file: string, number: string, rest: string): MeaningOfName {
  if (!/\.sql$/i.test(file)) {
    if (!OTHER_ENDINGS.test(file)) return { kind: 'other' }
    return { kind: 'near-miss', why: 'only files that end in .sql are run' }
  }
  if (!file.endsWith('.sql')) {
    return {
      kind: 'near-miss',
      why: 'its ending has to be .sql in lower case',
      better: file.replace(/\.sql$/i, '.sql'),
    }
  }
  const bare = rest.replace(/\.sql$/, '')
  if (/^\.\d/.test(bare)) {
    return {
      kind: 'near-miss',
      why: 'a version is a whole number, without dots',
      better: `${number}_name.sql`,
    }
  }
  const words = bare.replace(/^(?:\.do)?[\s._-]+/, '')
  return words === ''
    ? { kind: 'near-miss', why: 'a name has to follow its number', better: `${number}_name.sql` }
    : { kind: 'near-miss', why: '"_" or "-" has to follow its number', better: `${number}_${words}.sql` }
}

function forwardNames(file: string): string[] {
  const stem = file.replace(/\.(?:down|undo|rollback|revert)\.sql$/, '')
  return [`${stem}.sql`, `${stem}.up.sql`, file.replace(/^U/, 'V'), file.replace('.undo.', '.do.')].filter(
    name => name !== file,
  )
}

/** A name as it can stand in a log: one with control characters comes in quotes and escaped. */
export function printable(name: string): string {
  return /\p{Cc}/u.test(name) ? JSON.stringify(name) : name
}
