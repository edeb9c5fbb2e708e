import { type CatalogQuery, notOfExtension, USER_SCHEMA } from './catalog-query.ts'

/** Enums, domains, composite and range types. */
export function typeQueries(serverVersion: number): CatalogQuery[] {
  return [ENUMS, DOMAINS, COMPOSITES, ranges(serverVersion)].map(sql => ({ section: 'type', sql }))
}

const FROM_TYPES = `FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace`
const OWN = `${USER_SCHEMA} AND ${notOfExtension('pg_type', 't.oid')}`

const ENUMS = `
SELECT n.nspname AS schema, t.typname AS owner, t.typname AS name,
  format(E'CREATE TYPE %I.%I AS ENUM (\\n%s\\n);', n.nspname, t.typname,
    (SELECT string_agg('    ' || quote_literal(enumlabel), E',\\n' ORDER BY enumsortorder)
       FROM pg_enum WHERE enumtypid = t.oid)) AS text
${FROM_TYPES} WHERE t.typtype = 'e' AND ${OWN}`

const DOMAINS = `
SELECT n.nspname AS schema, t.typname AS owner, t.typname AS name,
  format('CREATE DOMAIN %I.%I AS %s', n.nspname, t.typname, format_type(t.typbasetype, t.typtypmod))
  || CASE WHEN t.typcollation <> b.typcollation THEN ' COLLATE ' || t.typcollation::regcollation ELSE '' END
  || CASE WHEN t.typnotnull THEN ' NOT NULL' ELSE '' END
  || coalesce(' DEFAULT ' || coalesce(pg_get_expr(t.typdefaultbin, 0), quote_literal(t.typdefault)), '')
  || coalesce((SELECT string_agg(format(E'\\n    CONSTRAINT %I %s', conname, pg_get_constraintdef(oid)), ''
       ORDER BY conname) FROM pg_constraint WHERE contypid = t.oid AND contype = 'c'), '') || ';' AS text
${FROM_TYPES} JOIN pg_type b ON b.oid = t.typbasetype WHERE t.typtype = 'd' AND ${OWN}`

const COMPOSITES = `
SELECT n.nspname AS schema, t.typname AS owner, t.typname AS name,
  format(E'CREATE TYPE %I.%I AS (\\n%s\\n);', n.nspname, t.typname, (
    SELECT string_agg(format('    %I %s', attname, format_type(atttypid, atttypmod))
      || CASE WHEN a.attcollation <> at.typcollation THEN ' COLLATE ' || a.attcollation::regcollation ELSE '' END,
      E',\\n' ORDER BY attnum)
    FROM pg_attribute a JOIN pg_type at ON at.oid = a.atttypid
    WHERE a.attrelid = c.oid AND attnum > 0 AND NOT attisdropped)) AS text
${FROM_TYPES} JOIN pg_class c ON c.oid = t.typrelid AND c.relkind = 'c' WHERE ${OWN}`

function ranges(serverVersion: number): string {
  const multirange =
    serverVersion >= 140000 ? `'MULTIRANGE_TYPE_NAME = ' || r.rngmultitypid::regtype` : 'NULL'
  return `
SELECT n.nspname AS schema, t.typname AS owner, t.typname AS name,
  format(E'CREATE TYPE %I.%I AS RANGE (\\n    %s\\n);', n.nspname, t.typname, concat_ws(E',\\n    ',
    'SUBTYPE = ' || format_type(r.rngsubtype, NULL), ${multirange},
    CASE WHEN NOT o.opcdefault THEN format('SUBTYPE_OPCLASS = %s.%I', o.opcnamespace::regnamespace, o.opcname) END,
    CASE WHEN r.rngcollation <> s.typcollation THEN 'COLLATION = ' || r.rngcollation::regcollation END,
    'CANONICAL = ' || nullif(r.rngcanonical::oid, 0)::regproc,
    'SUBTYPE_DIFF = ' || nullif(r.rngsubdiff::oid, 0)::regproc)) AS text
${FROM_TYPES} JOIN pg_range r ON r.rngtypid = t.oid JOIN pg_type s ON s.oid = r.rngsubtype
JOIN pg_opclass o ON o.oid = r.rngsubopc WHERE ${OWN}`
}
