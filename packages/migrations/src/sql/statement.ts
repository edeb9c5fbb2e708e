/** One statement of a file. */
export interface Statement {
  /** From its first token to its last one; its semicolon and the comments around it are left out. */
  readonly text: string
  /** Where `text` starts in the file's text, in UTF-16 units. */
  readonly offset: number
}
