/** One statement of a file. */
export interface Statement {
  /** From its first token up to its semicolon, which is left out; comments before it are left out too. */
  readonly text: string
  /** Where `text` starts in the file's text, in UTF-16 units. */
  readonly offset: number
}
