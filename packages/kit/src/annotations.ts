import { error, info, notice, warning } from '@actions/core'

export type AnnotationLevel = 'error' | 'warning' | 'notice'

export interface Annotation {
  readonly level: AnnotationLevel
  readonly message: string
  readonly title?: string
  /** Path relative to the workspace, with forward slashes. */
  readonly file?: string
  readonly line?: number
  /** Last line, when there are several. */
  readonly endLine?: number
  readonly column?: number
}

const commands = { error, warning, notice }

/** GitHub keeps the first ten annotations of each level in a step and drops the rest without a word. */
const LIMIT_PER_LEVEL = 10

/** Prints annotations; past GitHub's limit of ten a level the last one says how many were left to the log. */
export function annotate(annotations: readonly Annotation[]): void {
  for (const level of ['error', 'warning', 'notice'] as const) {
    const ofLevel = annotations.filter(annotation => annotation.level === level)
    const shown = ofLevel.length > LIMIT_PER_LEVEL ? ofLevel.slice(0, LIMIT_PER_LEVEL - 1) : ofLevel
    for (const annotation of shown) print(annotation)
    const rest = ofLevel.slice(shown.length)
    if (rest.length === 0) continue
    print({ level, message: `${rest.length} more of this kind; see the log of this step.` })
    for (const { file, line, message } of rest) info(`${level}: ${file ?? ''}:${line ?? ''} ${message}`)
  }
}

function print({ level, message, title, file, line, endLine, column }: Annotation): void {
  commands[level](message, {
    ...(title ? { title } : {}),
    ...(file ? { file } : {}),
    ...(line ? { startLine: line } : {}),
    ...(endLine ? { endLine } : {}),
    ...(column ? { startColumn: column } : {}),
  })
}
