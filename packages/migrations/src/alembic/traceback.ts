/** What a Python program said when it failed. */
export interface Failure {
  /** One line: the database's own words, or the exception with its message. */
  readonly message: string
  /** The places of its traceback, the outermost first. */
  readonly frames: readonly Frame[]
}

export interface Frame {
  readonly file: string
  readonly line: number
}

const FRAME = /^\s+File "(.+)", line (\d+)(?:, in |$)/
const EXCEPTION = /^(?:[A-Za-z_]\w*\.)*[A-Z]\w*(?:: |$)/
/** `sqlalchemy.exc.ProgrammingError: (psycopg.errors.UndefinedTable) relation "x" does not exist` */
const BY_DRIVER = /^sqlalchemy\.exc\.\w+: \((?:\w+\.)*(\w+)\) (.+)$/
/** asyncpg's has the class of the server's error in the text. */
const BY_ASYNCPG = /^sqlalchemy\.exc\.\w+: \([\w.]+\) <class '(?:\w+\.)*(\w+)'>: (.+)$/
const PLAIN_DRIVER = /^(?:psycopg2?|asyncpg)\.(?:\w+\.)*(\w+): (.+)$/

/**
 * The failure in the (redacted) output of a Python program: the last exception of its traceback, in one line so that DETAIL
 * with values of rows stays out of annotations; else Alembic's `FAILED:`; else its last lines.
 */
export function readFailure(lines: readonly string[]): Failure {
  const frames = lines.flatMap(line => {
    const [, file, number] = FRAME.exec(line) ?? []
    return file ? [{ file, line: Number(number) }] : []
  })
  const lastFrame = lines.findLastIndex(line => FRAME.test(line))
  const exception = lastFrame < 0 ? undefined : lines.slice(lastFrame).find(line => EXCEPTION.test(line))
  if (exception) return { message: inWordsOfTheServer(exception), frames }
  const failed = lines.findLast(line => /^\s*FAILED: /.test(line))
  if (failed) return { message: failed.trim().replace(/^FAILED: /, 'alembic: '), frames }
  const last = lines.filter(line => line.trim() !== '').slice(-5)
  return { message: last.length > 0 ? last.join('\n') : 'it said nothing', frames }
}

function inWordsOfTheServer(exception: string): string {
  const [, kind, words] =
    BY_ASYNCPG.exec(exception) ?? BY_DRIVER.exec(exception) ?? PLAIN_DRIVER.exec(exception) ?? []
  return kind && words ? `${words} (${kind})` : exception
}

/** What to do about failures whose words do not tell; empty for the others. */
export function hintFor(message: string): string {
  if (/invalid interpolation syntax/.test(message)) {
    return 'Alembic\'s configuration gives "%" a meaning of its own, and the password has one. In env.py write config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))'
  }
  const [, driver] = /No module named '(psycopg2?|asyncpg)'/.exec(message) ?? []
  if (driver) {
    return `SQLAlchemy takes postgresql:// for psycopg2, and from 2.1 on for psycopg. Install ${driver === 'psycopg' ? 'psycopg[binary]' : driver}, or name the installed driver in the URL: postgresql+psycopg2:// or postgresql+psycopg://`
  }
  if (/asyncio extension requires an async driver/.test(message)) {
    return 'env.py uses an asynchronous engine: give DATABASE_URL as postgresql+asyncpg://'
  }
  return ''
}
