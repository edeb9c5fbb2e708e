import { type Annotation, type AnnotationLevel, annotate, info } from '@tokenledger/kit'
import type { Problem } from '@tokenledger/migrations'

/** Prints problems as annotations on their lines, after the excerpts with their carets. */
export function annotateProblems(level: AnnotationLevel, problems: readonly Problem[]): void {
  for (const { path, position, excerpt } of problems) {
    if (!excerpt) continue
    sayLine(position ? `${path}:${position.line}:${position.column}` : (path ?? ''))
    for (const line of excerpt.split('\n')) sayLine(line)
  }
  annotate(problems.map(problem => annotationOf(level, problem)))
}

function annotationOf(level: AnnotationLevel, { path, position, message }: Problem): Annotation {
  return {
    level,
    message,
    ...(path ? { file: path } : {}),
    ...(path && position ? { line: position.line, column: position.column } : {}),
  }
}

/** Prints a line that may quote a file, a program or the server; one that the runner would take for a command loses its colons. */
export function sayLine(line: string): void {
  for (const single of line.split(/\r\n|\r|\n/)) {
    info(single.replace(/^(\s*)::/, '$1: :').replace(/^(\s*)##\[/, '$1# #['))
  }
}
