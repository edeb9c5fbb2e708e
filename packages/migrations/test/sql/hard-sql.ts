/** Statements that are hard to take apart, each one valid for PostgreSQL's parser. */
export const HARD_STATEMENTS = [
  "SELECT 'it''s; -- no comment /* nor this'",
  String.raw`SELECT E'a\'; b\\', e'\\', 'c:\', E'tab\t;'`,
  "SELECT E'first\\''\n  'second\\';' , 'third'\n\n'fourth;'",
  `SELECT U&'d\\0061t;a', U&"c;\\0061" FROM "a;b", "say ""hi;"""`,
  "SELECT B'0101', x'1F', N'n;n', 1.5e3, .5, 1., 0x1F, 1_000, 5 AS a$b$c",
  'SELECT $$a;b$$, $tag$ $$ ; $other$ $tag$, $été$;$été$, $_1$;$_1$',
  'SELECT a$b$, c$d$ FROM t$ WHERE x=$1',
  'SELECT $a$ $a $ $ab$ ; $a$ || $$$$ || $x$$y$;$x$',
  'SELECT 1 /* one; /* two; */ still; */ + /**/ 2 /*/ ; /**/ */ + 3',
  'SELECT 3 --; no\n + 4 -- /* no comment opens\r\n - 5',
  'SELECT 1 +-- a comment;\n 2, 3 */* b; */ 4, 5 @-- c;\n 6, 7 <-/* d; */ 8',
  'SELECT 😀 , "日本;" AS é, \'😀;\', $😀$;$😀$ FROM t',
  "SELECT a[1:2], b::text, f(a := 1, b => ';'), (SELECT 1), ARRAY[';']",
  'CREATE RULE r AS ON INSERT TO t DO ALSO (INSERT INTO a VALUES (1); DELETE FROM b; NOTIFY c)',
  `CREATE FUNCTION f(a int) RETURNS int LANGUAGE plpgsql AS $body$
BEGIN
  IF a > 0 THEN RETURN 1; END IF; -- it's
  EXECUTE $q$ SELECT ';' $q$;
END $body$`,
  `CREATE OR REPLACE FUNCTION g() RETURNS int BEGIN ATOMIC
  SELECT CASE WHEN true THEN 1 ELSE CASE 2 WHEN 3 THEN 4 END END;
  SELECT 1 AS end; SELECT t.end, t.case, 2 AS case FROM t;
  SELECT (CASE WHEN a THEN b END) FROM c; /* END; */
END`,
  'create /* ; */ procedure p() begin /* ; */ atomic insert into t values (1); delete from t; end',
  'CREATE FUNCTION h() RETURNS int BEGIN ATOMIC END',
  'CREATE FUNCTION i(begin int, atomic int DEFAULT 1) RETURNS int LANGUAGE sql RETURN begin + atomic',
  'CREATE FUNCTION j() RETURNS TABLE (a int) BEGIN ATOMIC WITH e AS (SELECT 1 AS "end;") SELECT 1 FROM e; END',
  'CREATE TABLE "create function" (begin int, atomic int, "end" int)',
  'CREATE VIEW begin AS SELECT 1 AS begin, 2 AS atomic, 3 AS "END"',
  'CREATE SCHEMA s CREATE TABLE t (a int) CREATE VIEW v AS SELECT 1',
  "COMMENT ON TABLE t IS 'a'\n'b;'",
  "DO 'BEGIN PERFORM 1; END'",
  'BEGIN',
  'COMMIT',
  'END',
] as const

const SEPARATORS = [
  ';',
  ';\n',
  ' ; \n\n',
  ';;;\n',
  "; -- isn't this; a comment $$\n",
  ';/* \' ; " */;\n',
  '\n;\n',
  '/* before ; */;\t\f\v',
  '; -- 😀 é;\n--\n',
] as const

/** `count` files, always the same ones, that hold hard statements in ever new orders; every third with CRLF line ends. */
export function hardFiles(count: number): string[] {
  const random = numbers(20260101)
  const pick = <T>(items: readonly T[]) => items[Math.floor(random() * items.length)] as T
  return Array.from({ length: count }, (_, index) => {
    const pieces = Array.from({ length: 1 + (index % 12) }, () => pick(HARD_STATEMENTS) + pick(SEPARATORS))
    const last = index % 2 === 0 ? pick(HARD_STATEMENTS) : ''
    const text = pick(['', '-- start;\n', ';;\n', '/* ; */']) + pieces.join('') + last
    return index % 3 === 0 ? text.replace(/\r?\n/g, '\r\n') : text
  })
}

/** A linear congruential generator (Numerical Recipes' constants): the same numbers from 0 to 1 in every run. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
