import { type Annotation, type AnnotationLevel, annotate, info } from '@tokenledger/kit'
import { type LocatedProblem, type Problem, textOf } from '@tokenledger/migrations'

/**
 * Prints problems as annotations on their lines, after the excerpts with their carets. The server's DETAIL can hold values
 * of rows, so it is for the log of a local database alone.
 */
export function annotateProblems(
  level: AnnotationLevel,
  problems: readonly (Problem | LocatedProblem)[],
  detail: 'with' | 'without' = 'without',
): void {
  for (const problem of problems) {
    const lines = [
      ...(problem.excerpt ? [placeOfProblem(problem), ...problem.excerpt.split('\n')] : []),
      ...(detail === 'with' && 'detail' in problem && problem.detail ? [problem.detail] : []),
    ]
    for (const line of lines) sayLine(line)
  }
  annotate(problems.map(problem => annotationOf(level, problem)))
}

/** `migrations/002_syn.sql:37:48`; empty when no file is to blame. */
export function placeOfProblem({ path, position }: Problem): string {
  return path && position ? `${path}:${position.line}:${position.column}` : (path ?? '')
}

/** The message names the place too: the log of the step shows the message alone. */
function annotationOf(level: AnnotationLevel, problem: Problem): Annotation {
  const { path, position } = problem
  return {
    level,
    message: textOf(problem),
    ...(path ? { file: path } : {}),
    ...(path && position ? { line: position.line, column: position.column } : {}),
  }
}

/** Prints lines that may quote a file, a program or the server; one that the runner would take for a command loses its colons. */
export function sayLine(text: string): void {
  for (const line of text.split(/\r\n|\r|\n/)) {
    info(line.replace(/^(\s*)::/, '$1: :').replace(/^(\s*)##\[/, '$1# #['))
  }
}
