/** A wheel or sdist beside what a package index has under its name. */
export interface IndexRow {
  readonly name: string
  /** `sha256:<hex>` of our file. */
  readonly digest: string
  readonly state: 'equal' | 'differs' | 'absent'
  /** `sha256:<hex>` on the index; undefined when it is absent. */
  readonly onIndex: string | undefined
  /** One sentence when the release must not go on. */
  readonly problem?: string
}

/** Compares files with what `indexDigests` found, one row each. `mustBeThere`: a file that the index lacks is a problem too. */
export function compareWithIndex(
  files: ReadonlyArray<{ readonly name: string; readonly digest: string }>,
  onIndex: ReadonlyMap<string, string>,
  { mustBeThere }: { readonly mustBeThere: boolean },
): IndexRow[] {
  return files.map(({ name, digest }) => {
    const there = onIndex.get(name)
    if (there === digest) return { name, digest, state: 'equal', onIndex: there }
    if (there !== undefined)
      return { name, digest, state: 'differs', onIndex: there, problem: differs(name, digest, there) }
    const row = { name, digest, state: 'absent', onIndex: undefined } as const
    return mustBeThere ? { ...row, problem: absent(name) } : row
  })
}

function differs(name: string, own: string, there: string): string {
  return `RELEASE_INDEX_DIFFERS: the package index has ${name} as ${there}, this run has ${own}; a file name can never be used again there, so bump the version`
}

function absent(name: string): string {
  return `RELEASE_INDEX_ABSENT: ${name} is not on the package index; run the job that uploads it, then this one again`
}
