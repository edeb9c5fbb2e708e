import { describe, expect, it } from '@jest/globals'
import { createsOnly } from '../../src/sql/creates-only.ts'
import { split } from '../../src/sql/split.ts'

const of = (sql: string) => createsOnly(split(sql).statements)

describe('createsOnly', () => {
  it.each([
    'CREATE TABLE a (id int PRIMARY KEY, v text); CREATE INDEX a_v ON a (v);',
    'create table public.a (id bigint GENERATED ALWAYS AS IDENTITY, at timestamptz DEFAULT now()); create unique index on public.a (at);',
    'CREATE UNLOGGED TABLE b (id int)'.replace('UNLOGGED ', ''),
    'CREATE TABLE "Odd name" (x int); CREATE INDEX i ON "Odd name" USING gin (x) WHERE x > 0',
    '-- only a comment\n',
  ])('is true of: %s', sql => expect(of(sql)).toBe(true))

  it.each([
    'CREATE TABLE a (id int REFERENCES b)',
    'CREATE TABLE a (LIKE b)',
    'CREATE TABLE a () INHERITS (b)',
    'CREATE TABLE a PARTITION OF b DEFAULT',
    'CREATE TABLE a OF t',
    'CREATE TABLE a AS SELECT 1',
    'CREATE TABLE a (x) AS TABLE b',
    'CREATE TABLE IF NOT EXISTS a ()',
    'CREATE TEMP TABLE a ()',
    'CREATE INDEX ON b (x)',
    'CREATE TABLE a (x int); CREATE INDEX ON public.a (x)',
    'CREATE TABLE a (x int); CREATE INDEX IF NOT EXISTS i ON a (x)',
    'CREATE TABLE a (x int); CREATE INDEX CONCURRENTLY i ON a (x)',
    'CREATE TABLE a (x int); CREATE INDEX i ON ONLY a (x)',
    'CREATE TABLE a (x int); ALTER TABLE b ADD y int',
    'CREATE VIEW v AS SELECT 1',
    'CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS $$SELECT 1$$',
    'INSERT INTO a VALUES (1)',
    'SELECT f()',
    'DO $$BEGIN END$$',
  ])('is false of: %s', sql => expect(of(sql)).toBe(false))
})
