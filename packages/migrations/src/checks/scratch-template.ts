import type { Client } from 'pg'

/** What a new database has to share with the present one. */
export interface Template {
  readonly encoding: string
  readonly collate: string
  readonly ctype: string
  /** `c` for the system's library, `i` for ICU, `b` for PostgreSQL's own. */
  readonly provider: string
  /** Locale of ICU or of PostgreSQL's own provider. */
  readonly locale: string | null
  /** True when `template1`, with all that an administrator put into it, has the same encoding and locale. */
  readonly ordinary: boolean
}

/** Reads encoding and locale of the client's database; names of the columns changed in PostgreSQL 15 and 17. */
export async function readTemplate(client: Client): Promise<Template> {
  const { rows } = await client.query<Template>(`
    WITH d AS (
      SELECT datname, pg_encoding_to_char(encoding) AS encoding, datcollate AS collate, datctype AS ctype,
        coalesce(to_jsonb(d) ->> 'datlocprovider', 'c') AS provider,
        coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale') AS locale
      FROM pg_catalog.pg_database d)
    SELECT m.*, coalesce((m.encoding, m.collate, m.ctype, m.provider, coalesce(m.locale, ''))
      = (t.encoding, t.collate, t.ctype, t.provider, coalesce(t.locale, '')), false) AS ordinary
    FROM d m LEFT JOIN d t ON t.datname = 'template1' WHERE m.datname = pg_catalog.current_database()`)
  const [template] = rows
  if (!template) throw new Error('pg_database does not list the database that this is')
  return template
}

export function createStatement(
  name: string,
  { encoding, collate, ctype, provider, locale, ordinary }: Template,
): string {
  if (ordinary) return `CREATE DATABASE "${name}"`
  const providers: Record<string, string> = {
    i: ` LOCALE_PROVIDER icu ICU_LOCALE ${literal(locale ?? '')}`,
    b: ` LOCALE_PROVIDER builtin BUILTIN_LOCALE ${literal(locale ?? '')}`,
  }
  // Only template0 accepts another encoding or locale than its own (documentation, CREATE DATABASE).
  return `CREATE DATABASE "${name}" TEMPLATE template0 ENCODING ${literal(encoding)} LC_COLLATE ${literal(collate)} LC_CTYPE ${literal(ctype)}${providers[provider] ?? ''}`
}

/** Gives `name` the settings of the client's database (ALTER DATABASE … SET), such as a search_path. */
export async function copySettings(client: Client, name: string): Promise<void> {
  const { rows } = await client.query<{ setting: string }>(`
    SELECT unnest(setconfig) AS setting FROM pg_catalog.pg_db_role_setting s
    JOIN pg_catalog.pg_database d ON d.oid = s.setdatabase
    WHERE d.datname = pg_catalog.current_database() AND s.setrole = 0`)
  for (const { setting } of rows) {
    const end = setting.indexOf('=')
    const [key, value] = [setting.slice(0, end), setting.slice(end + 1)]
    // A list is stored with each element quoted as it has to be, anything else as it is.
    const given = LISTS.has(key.toLowerCase()) && value !== '' ? value : literal(value)
    await client.query(`ALTER DATABASE "${name}" SET ${key} TO ${given}`)
  }
}

/** Settings that are lists of names (GUC_LIST_QUOTE). */
const LISTS = new Set([
  'search_path',
  'temp_tablespaces',
  'session_preload_libraries',
  'local_preload_libraries',
])

function literal(text: string): string {
  return text.includes('\\') ? `E'${text.replaceAll(/['\\]/g, '$&$&')}'` : `'${text.replaceAll("'", "''")}'`
}
