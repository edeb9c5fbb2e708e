import { describe, expect, it } from '@jest/globals'
import type { Schema } from '../../src/schema/read-schema.ts'
import { compareSchemaFile, schemaFileText } from '../../src/schema/schema-file.ts'

const TEXT = 'CREATE TABLE public.a (\n    id integer,\n    name text\n);\n'
const by = (engine: string, text = TEXT): Schema => ({ engine, text, hash: '' })
const wish = { path: 'db/schema.sql', drift: 'error', freshPath: '/tmp/schema.sql' } as const
const DUMP = `--
-- PostgreSQL database dump
--

\\restrict Zk3X

-- Dumped from database version 16.9
-- Dumped by pg_dump version 16.9 (Debian 16.9-1)

SET statement_timeout = 0;
SELECT pg_catalog.set_config('search_path', '', false);

SET default_tablespace = '';

--
-- Name: a; Type: TABLE; Schema: public; Owner: -
--

${TEXT}

--
-- PostgreSQL database dump complete
--

\\unrestrict Zk3X
`

describe('the committed schema file', () => {
  it.each(['pg_dump 16.14', 'catalog'])('is the schema as it was written by %s', engine => {
    const text = schemaFileText(by(engine))
    expect(text).toMatch(/^-- .*\n\nCREATE TABLE/)
    expect(compareSchemaFile(by(engine), { ...wish, text })).toEqual({
      verdict: 'same',
      message: 'db/schema.sql is the schema of the database.',
    })
  })

  it('may be what pg_dump printed, with the line ends of Windows', () => {
    const text = DUMP.replaceAll('\n', '\r\n')
    expect(compareSchemaFile(by('pg_dump 16.14'), { ...wish, text }).verdict).toBe('same')
  })

  it('differs: the diff and the remedy, as an error or a warning', () => {
    const text = schemaFileText(by('catalog', TEXT.replace('name', 'title')))
    const failed = compareSchemaFile(by('catalog'), { ...wish, text })
    expect(failed.verdict).toBe('failed')
    expect(failed.message).toBe(
      'db/schema.sql is not the schema of the database: +1 −1 lines. Copy /tmp/schema.sql over it and commit it.',
    )
    expect(failed.diff).toContain('@@ CREATE TABLE public.a\n')
    expect(failed.diff).toContain('-    title text\n+    name text\n')
    expect(compareSchemaFile(by('catalog'), { ...wish, text, drift: 'warn' }).verdict).toBe('warned')
  })

  it('that has the same columns in another order is a warning', () => {
    const text = schemaFileText(
      by('catalog', 'CREATE TABLE public.a (\n    name text,\n    id integer\n);\n'),
    )
    expect(compareSchemaFile(by('catalog'), { ...wish, text })).toMatchObject({
      verdict: 'warned',
      message: expect.stringContaining('the same columns in another order'),
    })
  })

  it('that is missing fails with the place of the fresh one', () => {
    expect(compareSchemaFile(by('catalog'), { ...wish, text: undefined })).toEqual({
      verdict: 'failed',
      message: 'db/schema.sql does not exist. Copy /tmp/schema.sql there and commit it.',
    })
  })

  it.each([
    [
      'pg_dump, where only the catalog can be read',
      DUMP,
      'catalog',
      'was written by pg_dump 16.9, but only the catalog can be read here (pg_dump is not on PATH), so the two cannot be compared. Put pg_dump of PostgreSQL 16 on PATH. Or: Copy',
    ],
    [
      'nobody knows whom, where only the catalog can be read',
      'CREATE TABLE a ();',
      'catalog',
      'was written by pg_dump, but only the catalog can be read here',
    ],
    [
      'another pg_dump',
      DUMP,
      'pg_dump 18.4',
      'was written by pg_dump 16.9, but the schema is read by pg_dump 18.4 here',
    ],
    [
      'the catalog, where pg_dump is',
      schemaFileText(by('catalog')),
      'pg_dump 16.14',
      'was rendered from the catalog, but the schema is read by pg_dump 16.14 here',
    ],
  ])('written by %s, cannot be compared and does not pass', (_name, text, engine, message) => {
    const schema = { ...by(engine, 'CREATE TABLE public.b ();\n'), reason: 'pg_dump is not on PATH' }
    const result = compareSchemaFile(schema, { ...wish, text })
    expect([result.verdict, result.message]).toEqual(['failed', expect.stringContaining(message)])
  })

  it('is not looked at when that is off', () => {
    expect(compareSchemaFile(by('catalog'), { ...wish, text: 'x', drift: 'off' }).verdict).toBe('off')
  })
})
