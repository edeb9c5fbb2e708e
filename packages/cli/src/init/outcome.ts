/** What becomes of one file, and why. */
export type Outcome =
  /** `before` is undefined for a file that is not there yet. */
  | {
      readonly kind: 'write'
      readonly path: string
      readonly before: string | undefined
      readonly after: string
      readonly why: string
    }
  /** It is as init would write it. */
  | { readonly kind: 'current'; readonly path: string; readonly why: string }
  /** It is somebody's own, or not needed. */
  | { readonly kind: 'left'; readonly path: string; readonly why: string }

export type Write = Extract<Outcome, { kind: 'write' }>

export function written(path: string, before: string | undefined, after: string, why: string): Outcome {
  return before === after ? current(path, why) : { kind: 'write', path, before, after, why }
}

export function current(path: string, why: string): Outcome {
  return { kind: 'current', path, why }
}

export function left(path: string, why: string): Outcome {
  return { kind: 'left', path, why }
}

/** Of several changes to one file, each made to the text that the one before left, the whole. */
export function joined(outcomes: readonly Outcome[]): Outcome[] {
  const paths = [...new Set(outcomes.map(({ path }) => path))]
  return paths.flatMap(path => {
    const ofOne = outcomes.filter(outcome => outcome.path === path)
    const writes = ofOne.filter(outcome => outcome.kind === 'write')
    const [first, last] = [writes[0], writes.at(-1)]
    if (!first || !last) return ofOne
    const why = writes.map(write => write.why).join('; ')
    return [{ ...first, after: last.after, why }, ...ofOne.filter(outcome => outcome.kind === 'left')]
  })
}
