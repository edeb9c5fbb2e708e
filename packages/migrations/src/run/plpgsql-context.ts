/** A line of the server's CONTEXT that is about PL/pgSQL, as `PL/pgSQL function f(integer) line 3 at RAISE`. */
export interface Frame {
  /** True for the body of a DO statement. */
  readonly inline: boolean
  /** From 1, in the body; undefined for `during function entry` and the like. */
  readonly line: number | undefined
  /** The frame as the server wrote it. */
  readonly text: string
  /** The SQL that this frame ran and in which the frames before it came to be; undefined for the innermost frame. */
  readonly statement?: string
}

/** The server's name for the body of a DO statement, the same in every language (`plpgsql_compile_inline`). */
const INLINE = 'inline_code_block'

/**
 * The PL/pgSQL frames of a CONTEXT, the innermost first. Messages are translated (`Zeile 3`, `3行目`, and in Chinese the
 * line comes before the name), but all translations of PostgreSQL keep "PL/pgSQL", the name and the digits.
 */
export function framesOf(where: string): Frame[] {
  const frames: Frame[] = []
  let between: string[] = []
  for (const line of where.split('\n')) {
    const frame = line.includes('PL/pgSQL') ? frameOf(line) : undefined
    if (!frame) {
      between.push(line)
      continue
    }
    const statement = nestedBlock(between.join('\n'))
    frames.push(statement && frames.length > 0 ? { ...frame, statement } : frame)
    between = []
  }
  return frames
}

function frameOf(text: string): Frame | undefined {
  const inline = text.includes(INLINE)
  if (!inline && !/\(.*\)/.test(text)) return undefined
  // Names and argument types hold digits too: f1(int4).
  const rest = inline ? text.replace(INLINE, ' ') : text.replace(/[\w.$"]*\(.*?\)/, ' ')
  const digits = /\d+/.exec(rest)?.[0]
  return { inline, line: digits ? Number(digits) : undefined, text }
}

/** The DO statement in `SQL statement "DO …"`, whose words and quotation marks depend on the language. */
function nestedBlock(text: string): string | undefined {
  const block = /\bdo\b[\s\S]*/i.exec(text)?.[0]
  return block?.replace(/[\s"»”」]+$/, '')
}
