import { type CatalogQuery, notOfExtension, USER_SCHEMA } from './catalog-query.ts'

const ON_RELATION = `JOIN pg_class c ON c.oid = %s JOIN pg_namespace n ON n.oid = c.relnamespace`
const OWN = `${USER_SCHEMA} AND c.oid <> ALL ($1::oid[]) AND ${notOfExtension('pg_class', 'c.oid')}`

const on = (column: string) => ON_RELATION.replace('%s', column)

/** Indexes except those of keys, which the table tells as constraints. pg_dump leaves invalid ones out; we tell them. */
const INDEXES = `
SELECT n.nspname AS schema, c.relname AS owner, x.relname AS name,
  pg_get_indexdef(x.oid)
  || coalesce((SELECT ' TABLESPACE ' || quote_ident(spcname) FROM pg_tablespace WHERE oid = x.reltablespace), '')
  || CASE WHEN i.indisvalid OR x.relkind = 'I' THEN '' ELSE ' INVALID' END || ';'
  || CASE WHEN i.indisclustered THEN format(E'\\nALTER TABLE %s CLUSTER ON %I;', c.oid::regclass, x.relname) ELSE '' END
  || coalesce((SELECT format(E'\\nALTER INDEX %s ATTACH PARTITION %s;', inhparent::regclass, x.oid::regclass)
       FROM pg_inherits WHERE inhrelid = x.oid), '')
  || coalesce((SELECT string_agg(format(E'\\nALTER INDEX %s ALTER COLUMN %s SET STATISTICS %s;', x.oid::regclass,
       attnum, attstattarget), '' ORDER BY attnum) FROM pg_attribute WHERE attrelid = x.oid AND attstattarget >= 0), '')
  AS text
FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid ${on('i.indrelid')}
WHERE ${OWN} AND NOT EXISTS (SELECT FROM pg_constraint k
  WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))`

const STATISTICS = `
SELECT n.nspname AS schema, c.relname AS owner, s.stxname AS name,
  pg_get_statisticsobjdef(s.oid) || coalesce(' STATISTICS ' || nullif(s.stxstattarget, -1), '') || ';' AS text
FROM pg_statistic_ext s ${on('s.stxrelid')} WHERE ${OWN}`

/** A state other than the usual one of a rule or trigger: disabled, or enabled for replicas or always. */
const firing = (column: string, kind: string, name: string) => `CASE ${column} WHEN 'O' THEN '' ELSE
  format(E'\\nALTER TABLE %s %s ${kind} %I;', c.oid::regclass, CASE ${column} WHEN 'D' THEN 'DISABLE'
    WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END, ${name}) END`

const RULES = `
SELECT n.nspname AS schema, c.relname AS owner, r.rulename AS name,
  pg_get_ruledef(r.oid) || ${firing('r.ev_enabled', 'RULE', 'r.rulename')} AS text
FROM pg_rewrite r ${on('r.ev_class')} WHERE ${OWN} AND r.rulename <> '_RETURN'`

/** A partition's copy of a trigger is told by its parent, unless it fires otherwise. */
const TRIGGERS = `
SELECT n.nspname AS schema, c.relname AS owner, t.tgname AS name,
  CASE WHEN t.tgparentid = 0 THEN pg_get_triggerdef(t.oid) || ';' ELSE '' END
  || ${firing('t.tgenabled', 'TRIGGER', 't.tgname')} AS text
FROM pg_trigger t LEFT JOIN pg_trigger p ON p.oid = t.tgparentid ${on('t.tgrelid')}
WHERE ${OWN} AND NOT t.tgisinternal AND t.tgenabled IS DISTINCT FROM p.tgenabled`

const POLICIES = `
SELECT n.nspname AS schema, c.relname AS owner, p.polname AS name,
  format('CREATE POLICY %I ON %s AS %s FOR %s TO %s', p.polname, c.oid::regclass,
    CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
    CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE'
      ELSE 'ALL' END,
    CASE WHEN p.polroles = '{0}' THEN 'PUBLIC' ELSE (
      SELECT string_agg(quote_ident(rolname), ', ' ORDER BY rolname) FROM pg_roles WHERE oid = ANY (p.polroles)) END)
  || coalesce(E'\\n    USING (' || pg_get_expr(p.polqual, p.polrelid) || ')', '')
  || coalesce(E'\\n    WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', '') || ';' AS text
FROM pg_policy p ${on('p.polrelid')} WHERE ${OWN}`

/** What belongs to a table or view and is told behind it. */
export const RELATION_PART_QUERIES: readonly CatalogQuery[] = [
  { section: 'relation', part: 'index', sql: INDEXES },
  { section: 'relation', part: 'statistics', sql: STATISTICS },
  { section: 'relation', part: 'rule', sql: RULES },
  { section: 'relation', part: 'trigger', sql: TRIGGERS },
  { section: 'relation', part: 'policy', sql: POLICIES },
]
