import { describe, expect, test } from '@jest/globals'
import { withoutRowValues } from '../../src/database/server-text.ts'

const lines = (...texts: string[]) => texts.join('\n')

describe('rows are left out', () => {
  test("of psql's and psycopg's fields, of however many lines, and nothing else", () => {
    expect(
      withoutRowValues(
        lines(
          'migrations/002.sql:3:1 duplicate key value violates unique constraint "users_email" (23505)',
          'DETAIL:  Key (email)=(ann@example.org',
          'second line of the value) already exists.',
          'HINT:  Try another one.',
          'CONTEXT:  COPY users, line 3, column email: "ann@example.org"',
          'PL/pgSQL function f() line 4 at SQL statement',
          'LINE 1: INSERT INTO users …',
          '        ^',
          'Rolled back.',
        ),
      ),
    ).toBe(
      lines(
        'migrations/002.sql:3:1 duplicate key value violates unique constraint "users_email" (23505)',
        'HINT:  Try another one.',
        'LINE 1: INSERT INTO users …',
        '        ^',
        'Rolled back.',
      ),
    )
  })

  test("of SQLAlchemy's statement and parameters", () => {
    expect(
      withoutRowValues(
        lines(
          '(psycopg2.errors.UniqueViolation) duplicate key value',
          'DETAIL:  Key (email)=(ann@example.org) already exists.',
          '',
          '[SQL: INSERT INTO users (email) VALUES (%(email)s)]',
          "[parameters: {'email': 'ann@example.org'}]",
          '(Background on this error at: https://sqlalche.me/e/20/gkpj)',
        ),
      ),
    ).toBe(
      lines(
        '(psycopg2.errors.UniqueViolation) duplicate key value',
        '',
        '(Background on this error at: https://sqlalche.me/e/20/gkpj)',
      ),
    )
  })

  test.each([
    [
      'invalid input syntax for type integer: "ann@example.org" (22P02)',
      'invalid input syntax for type integer: … (22P02)',
    ],
    ['invalid input value for enum mood: "ann"', 'invalid input value for enum mood: …'],
    ['date/time field value out of range: "2026-13-01"', 'date/time field value out of range: …'],
    ['value "99999999999" is out of range for type integer', 'value … is out of range for type integer'],
    ['malformed array literal: "ann"', 'malformed array literal: …'],
    ['relation "users" does not exist', 'relation "users" does not exist'],
    [
      'null value in column "email" of relation "users" violates not-null constraint',
      'null value in column "email" of relation "users" violates not-null constraint',
    ],
  ])('%s', (text, expected) => {
    expect(withoutRowValues(text)).toBe(expected)
  })
})
