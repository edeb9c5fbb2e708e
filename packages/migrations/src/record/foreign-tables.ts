/** A table by which another migration tool remembers what it applied. */
export interface ForeignTable {
  readonly table: string
  readonly tool: string
  /** Columns that tell this tool from others that use the same name. */
  readonly columns: readonly string[]
  /** What one row stands for, as text, in a column `entry`; rows that say "not applied" are left out. */
  readonly select: string
  /** True when its entries begin with the number of a SQL file such as ours. */
  readonly provesFiles: boolean
}

/**
 * The tables as each tool's own source creates them; the more particular shape of a name comes first, since several tools
 * share `schema_migrations`. A migration that failed half-way (golang-migrate's `dirty`) proves nothing.
 */
export const FOREIGN_TABLES: readonly ForeignTable[] = [
  {
    table: 'schema_migrations',
    tool: 'golang-migrate',
    columns: ['version', 'dirty'],
    select: "CASE WHEN dirty THEN 'dirty ' ELSE '' END OPERATOR(pg_catalog.||) version::pg_catalog.text",
    provesFiles: true,
  },
  plain('schema_migrations', 'dbmate or Rails', 'version'),
  plain('pgmigrations', 'node-pg-migrate', 'name'),
  plain('schemaversion', 'postgrator', 'version'),
  {
    table: 'flyway_schema_history',
    tool: 'Flyway',
    columns: ['version', 'success'],
    select: "CASE WHEN success THEN '' ELSE 'failed ' END OPERATOR(pg_catalog.||) version::pg_catalog.text",
    provesFiles: true,
  },
  {
    table: 'goose_db_version',
    tool: 'goose',
    columns: ['version_id', 'is_applied'],
    select:
      "CASE WHEN is_applied THEN '' ELSE 'reverted ' END OPERATOR(pg_catalog.||) version_id::pg_catalog.text",
    provesFiles: true,
  },
  plain('atlas_schema_revisions', 'Atlas', 'version'),
  plain('_yoyo_migration', 'yoyo', 'migration_id'),
  plain('knex_migrations', 'Knex', 'name'),
  plain('_sqlx_migrations', 'sqlx', 'version'),
  { ...plain('alembic_version', 'Alembic', 'version_num'), provesFiles: false },
  { ...plain('_prisma_migrations', 'Prisma', 'migration_name'), provesFiles: false },
  { ...plain('__drizzle_migrations', 'Drizzle', 'hash'), provesFiles: false },
  { ...plain('django_migrations', 'Django', 'name'), provesFiles: false },
  { ...plain('databasechangelog', 'Liquibase', 'id'), provesFiles: false },
]

function plain(table: string, tool: string, column: string): ForeignTable {
  return { table, tool, columns: [column], select: `${column}::pg_catalog.text`, provesFiles: true }
}
