import { type CatalogQuery, FIRST_USER_OID, notOfExtension, USER_SCHEMA } from './catalog-query.ts'

// Constructors and casts of a range type depend on it internally.
const notOfRange = (catalog: string, oid: string) => `NOT EXISTS (
  SELECT FROM pg_depend i WHERE i.classid = '${catalog}'::regclass AND i.objid = ${oid} AND i.deptype = 'i')`

const OWN = `${USER_SCHEMA} AND ${notOfExtension('pg_proc', 'p.oid')} AND ${notOfRange('pg_proc', 'p.oid')}`

const SIGNATURE = `p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')'`

const FUNCTIONS = `
SELECT n.nspname AS schema, ${SIGNATURE} AS owner, ${SIGNATURE} AS name,
  rtrim(pg_get_functiondef(p.oid), E'\\n') || ';' AS text
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE p.prokind <> 'a' AND ${OWN}`

const fn = (column: string, word: string) => `'${word} = ' || nullif(a.${column}::oid, 0)::regproc`

const AGGREGATES = `
SELECT n.nspname AS schema, ${SIGNATURE} AS owner, ${SIGNATURE} AS name,
  format(E'CREATE AGGREGATE %I.%I(%s) (\\n    %s\\n);', n.nspname, p.proname, pg_get_function_arguments(p.oid),
    concat_ws(E',\\n    ', ${fn('aggtransfn', 'SFUNC')}, 'STYPE = ' || format_type(a.aggtranstype, NULL),
    'SSPACE = ' || nullif(a.aggtransspace, 0), 'INITCOND = ' || quote_literal(a.agginitval),
    ${fn('aggfinalfn', 'FINALFUNC')}, CASE WHEN a.aggfinalextra THEN 'FINALFUNC_EXTRA' END,
    format('FINALFUNC_MODIFY = %s', a.aggfinalmodify), ${fn('aggcombinefn', 'COMBINEFUNC')},
    ${fn('aggserialfn', 'SERIALFUNC')}, ${fn('aggdeserialfn', 'DESERIALFUNC')}, ${fn('aggmtransfn', 'MSFUNC')},
    ${fn('aggminvtransfn', 'MINVFUNC')}, 'MSTYPE = ' || format_type(nullif(a.aggmtranstype, 0), NULL),
    'MSSPACE = ' || nullif(a.aggmtransspace, 0), 'MINITCOND = ' || quote_literal(a.aggminitval),
    ${fn('aggmfinalfn', 'MFINALFUNC')}, CASE WHEN a.aggmfinalextra THEN 'MFINALFUNC_EXTRA' END,
    'SORTOP = ' || nullif(a.aggsortop, 0)::regoperator,
    CASE WHEN a.aggkind = 'h' THEN 'HYPOTHETICAL' END,
    CASE WHEN p.proparallel <> 'u' THEN format('PARALLEL = %s', p.proparallel) END)) AS text
FROM pg_aggregate a JOIN pg_proc p ON p.oid = a.aggfnoid JOIN pg_namespace n ON n.oid = p.pronamespace WHERE ${OWN}`

const OPERATORS = `
SELECT n.nspname AS schema, o.oid::regoperator::text AS owner, o.oid::regoperator::text AS name,
  format(E'CREATE OPERATOR %I.%s (\\n    %s\\n);', n.nspname, o.oprname, concat_ws(E',\\n    ',
    'FUNCTION = ' || o.oprcode, 'LEFTARG = ' || format_type(nullif(o.oprleft, 0), NULL),
    'RIGHTARG = ' || format_type(nullif(o.oprright, 0), NULL),
    'COMMUTATOR = ' || nullif(o.oprcom, 0)::regoperator, 'NEGATOR = ' || nullif(o.oprnegate, 0)::regoperator,
    'RESTRICT = ' || nullif(o.oprrest::oid, 0)::regproc, 'JOIN = ' || nullif(o.oprjoin::oid, 0)::regproc,
    CASE WHEN o.oprcanhash THEN 'HASHES' END, CASE WHEN o.oprcanmerge THEN 'MERGES' END)) AS text
FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace
WHERE ${USER_SCHEMA} AND o.oprcode <> 0 AND ${notOfExtension('pg_operator', 'o.oid')}`

const CASTS = `
SELECT '' AS schema, c.name AS owner, c.name AS name,
  format('CREATE CAST %s %s%s;', c.name,
    CASE c.castmethod WHEN 'f' THEN 'WITH FUNCTION ' || c.castfunc::regprocedure
      WHEN 'i' THEN 'WITH INOUT' ELSE 'WITHOUT FUNCTION' END,
    CASE c.castcontext WHEN 'a' THEN ' AS ASSIGNMENT' WHEN 'i' THEN ' AS IMPLICIT' ELSE '' END) AS text
FROM (SELECT *, format('(%s AS %s)', format_type(castsource, NULL), format_type(casttarget, NULL)) AS name
      FROM pg_cast) c
WHERE c.oid >= ${FIRST_USER_OID} AND ${notOfExtension('pg_cast', 'c.oid')} AND ${notOfRange('pg_cast', 'c.oid')}`

/** Functions, procedures, aggregates, operators and casts. */
export const ROUTINE_QUERIES: readonly CatalogQuery[] = [FUNCTIONS, AGGREGATES, OPERATORS, CASTS].map(
  sql => ({
    section: 'routine',
    sql,
  }),
)
