/** One revision file, as Alembic reads it. */
export interface Revision {
  readonly id: string
  /** First line of the docstring. */
  readonly doc: string
  /** Path relative to the repository, with forward slashes. */
  readonly path: string
  /** Line of the `down_revision` assignment, from 1; 1 when there is none. */
  readonly line: number
  /** The revisions that it comes after; several for a merge, none for the first. */
  readonly down: readonly string[]
  /** Revisions of other branches that must be there before. */
  readonly dependsOn: readonly string[]
}

/** What Alembic knows without a database. */
export interface AlembicScripts {
  /** Parents before children. */
  readonly revisions: readonly Revision[]
  /** The folder of env.py, absolute. */
  readonly directory: string
  /** `version_table` of the configuration; Alembic's default is `alembic_version`. */
  readonly versionTable: string
  /** `version_table_schema` of the configuration; empty when it names none. */
  readonly versionSchema: string
  /** `1.20.1` */
  readonly alembic: string
  /** `2.0.58`; empty when SQLAlchemy is absent. */
  readonly sqlalchemy: string
  /** The first of psycopg2, psycopg and asyncpg that can be imported, SQLAlchemy's own choice before the others. */
  readonly driver: string
}
