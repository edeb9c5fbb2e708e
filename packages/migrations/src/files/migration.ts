import type { Statement } from '../sql/statement.ts'

/** A numbered SQL file, read and taken apart. */
export interface Migration {
  readonly version: bigint
  /** The version as the file spells it: `002`. */
  readonly label: string
  /** File name without `.sql`: `002_add_teams`. */
  readonly name: string
  /** Path relative to the repository, with forward slashes, for messages and annotations. */
  readonly path: string
  /** The text without a byte order mark, with its own line ends. */
  readonly text: string
  /** SHA-256 in hex of the text with LF line ends and without a byte order mark. */
  readonly checksum: string
  /** False when its leading comments hold `-- migrate:no-transaction`. */
  readonly transactional: boolean
  readonly statements: readonly Statement[]
}
