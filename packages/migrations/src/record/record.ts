/** A row of the tracking table. */
export interface RecordedMigration {
  readonly version: bigint
  readonly name: string
  readonly checksum: string
  readonly appliedAt: Date
}
