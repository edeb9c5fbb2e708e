import { type CatalogQuery, FIRST_USER_OID, notOfExtension, USER_SCHEMA } from './catalog-query.ts'

/** pg_dump tells no version of an extension either: the server has one default version for all databases. */
const EXTENSIONS = `
SELECT '' AS schema, e.extname AS owner, e.extname AS name,
  format('CREATE EXTENSION %I WITH SCHEMA %I;', e.extname, n.nspname) AS text
FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.oid >= ${FIRST_USER_OID}`

const SCHEMAS = `
SELECT n.nspname AS schema, n.nspname AS owner, n.nspname AS name, format('CREATE SCHEMA %I;', n.nspname) AS text
FROM pg_namespace n WHERE ${USER_SCHEMA} AND n.nspname <> 'public' AND ${notOfExtension('pg_namespace', 'n.oid')}`

/** Sequences of identity columns are left out: the column tells them. */
const SEQUENCES = `
SELECT n.nspname AS schema, c.relname AS owner, c.relname AS name,
  format('CREATE %sSEQUENCE %s AS %s START WITH %s INCREMENT BY %s MINVALUE %s MAXVALUE %s CACHE %s%s%s;',
    CASE WHEN c.relpersistence = 'u' THEN 'UNLOGGED ' END, c.oid::regclass, format_type(s.seqtypid, NULL),
    s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, CASE WHEN s.seqcycle THEN ' CYCLE' END,
    (SELECT format(' OWNED BY %s.%I', d.refobjid::regclass, a.attname) FROM pg_depend d
      JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
      WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refclassid = 'pg_class'::regclass
        AND d.deptype = 'a')) AS text
FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE ${USER_SCHEMA} AND c.oid <> ALL ($1::oid[]) AND ${notOfExtension('pg_class', 'c.oid')}
  AND NOT EXISTS (SELECT FROM pg_depend i WHERE i.classid = 'pg_class'::regclass AND i.objid = c.oid
    AND i.refclassid = 'pg_class'::regclass AND i.deptype = 'i')`

/** Names of the columns differ between versions, so a collation is told as its row without what is not its meaning. */
const COLLATIONS = `
SELECT n.nspname AS schema, c.collname AS owner, c.collname AS name,
  format('CREATE COLLATION %I.%I %s;', n.nspname, c.collname, jsonb_strip_nulls(to_jsonb(c)
    - '{oid,collname,collnamespace,collowner,collversion}'::text[])) AS text
FROM pg_collation c JOIN pg_namespace n ON n.oid = c.collnamespace
WHERE ${USER_SCHEMA} AND ${notOfExtension('pg_collation', 'c.oid')}`

const EVENT_TRIGGERS = `
SELECT '' AS schema, t.evtname AS owner, t.evtname AS name,
  format('CREATE EVENT TRIGGER %I ON %s%s EXECUTE FUNCTION %s;%s', t.evtname, t.evtevent,
    ' WHEN TAG IN (' || array_to_string(t.evttags, ', ') || ')', t.evtfoid::regprocedure,
    CASE t.evtenabled WHEN 'O' THEN '' ELSE format(' -- enabled: %s', t.evtenabled) END) AS text
FROM pg_event_trigger t WHERE ${notOfExtension('pg_event_trigger', 't.oid')}`

const PUBLICATIONS = `
SELECT '' AS schema, p.pubname AS owner, p.pubname AS name,
  format('CREATE PUBLICATION %I %s%s;', p.pubname, to_jsonb(p) - '{oid,pubname,pubowner}'::text[],
    (SELECT ' FOR TABLE ' || string_agg(prrelid::regclass::text, ', ' ORDER BY prrelid::regclass::text)
      FROM pg_publication_rel WHERE prpubid = p.oid AND prrelid <> ALL ($1::oid[]))) AS text
FROM pg_publication p`

const SERVERS = `
SELECT '' AS schema, s.srvname AS owner, s.srvname AS name,
  format('CREATE SERVER %I%s FOREIGN DATA WRAPPER %I;', s.srvname, ' OPTIONS (' || (
    SELECT string_agg(option, ', ' ORDER BY option) FROM unnest(s.srvoptions) option
    WHERE option !~* '^password=') || ')', w.fdwname) AS text
FROM pg_foreign_server s JOIN pg_foreign_data_wrapper w ON w.oid = s.srvfdw
WHERE ${notOfExtension('pg_foreign_server', 's.oid')}`

const RARE = [
  'pg_opclass',
  'pg_opfamily',
  'pg_ts_config',
  'pg_ts_dict',
  'pg_ts_parser',
  'pg_ts_template',
  'pg_conversion',
  'pg_transform',
  'pg_language',
  'pg_am',
  'pg_foreign_data_wrapper',
]

/** Rare objects are told by their presence alone. */
const PRESENCE = `
SELECT '' AS schema, i.identity AS owner, i.identity AS name, format('CREATE %s %s;', upper(i.type), i.identity) AS text
FROM (${RARE.map(catalog => `SELECT '${catalog}'::regclass AS class, oid FROM ${catalog}`).join(' UNION ALL ')}
  UNION ALL SELECT 'pg_type'::regclass, t.oid FROM pg_type t WHERE t.typtype IN ('b', 'p')
    AND NOT EXISTS (SELECT FROM pg_type e WHERE e.typarray = t.oid)) o,
  pg_identify_object(o.class, o.oid, 0) i
WHERE o.oid >= ${FIRST_USER_OID} AND ${notOfExtension('pg_class', 'o.oid').replace(`'pg_class'::regclass`, 'o.class')}`

/**
 * Comments of all kinds of objects. A comment on a part of a bookkeeping table goes with it; the one on schema public is
 * told when it is not initdb's.
 */
const COMMENTS = `
WITH d AS MATERIALIZED (SELECT * FROM pg_description d
  WHERE (d.objoid >= ${FIRST_USER_OID} OR (d.classoid = 'pg_namespace'::regclass
      AND d.objoid = (SELECT oid FROM pg_namespace WHERE nspname = 'public')
      AND d.description <> 'standard public schema'))
    AND NOT (d.classoid = 'pg_class'::regclass AND d.objoid = ANY ($1::oid[]))
    AND NOT EXISTS (SELECT FROM pg_constraint k WHERE d.classoid = 'pg_constraint'::regclass AND k.oid = d.objoid
      AND k.conrelid = ANY ($1::oid[]))
    AND NOT EXISTS (SELECT FROM pg_trigger t WHERE d.classoid = 'pg_trigger'::regclass AND t.oid = d.objoid
      AND t.tgrelid = ANY ($1::oid[]))
    AND NOT EXISTS (SELECT FROM pg_depend e
      WHERE e.classid = d.classoid AND e.objid = d.objoid AND e.deptype = 'e'))
SELECT '' AS schema, i.type || ' ' || i.identity AS owner, i.type || ' ' || i.identity AS name,
  format('COMMENT ON %s %s IS %L;', regexp_replace(upper(i.type), '^.* (COLUMN|CONSTRAINT)$', '\\1'), i.identity,
    d.description) AS text
FROM d, pg_identify_object(d.classoid, d.objoid, d.objsubid) i WHERE i.identity !~ '^pg_temp'`

export const OTHER_QUERIES: readonly CatalogQuery[] = [
  { section: 'extension', sql: EXTENSIONS },
  { section: 'schema', sql: SCHEMAS },
  { section: 'type', sql: COLLATIONS },
  { section: 'sequence', sql: SEQUENCES },
  { section: 'other', sql: EVENT_TRIGGERS },
  { section: 'other', sql: PUBLICATIONS },
  { section: 'other', sql: SERVERS },
  { section: 'other', sql: PRESENCE },
  { section: 'comment', sql: COMMENTS },
]
