import type { GitStore } from './git-store.ts'

export interface ChangedFile {
  /** Blob after the change, or before it for a removed file. */
  readonly sha: string
  readonly path: string
  readonly previousPath?: string
  readonly status: 'added' | 'removed' | 'modified' | 'renamed'
  readonly additions: number
  readonly deletions: number
  /** Hunks without the header; absent for binary files and pure renames. */
  readonly patch?: string
}

const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904'
const STATUS = { A: 'added', D: 'removed', R: 'renamed' } as const

/** Files that differ between two commits; without `from`, all files of `to` count as added. */
export function changedFiles(git: GitStore, from: string | undefined, to: string): ChangedFile[] {
  const range = [from ?? EMPTY_TREE, to]
  const raw = git.try('diff', '--raw', '-z', '-M', '--no-abbrev', ...range) ?? ''
  const patches = (git.try('diff', '-M', '--no-color', ...range) ?? '').split(/^(?=diff --git )/m)
  return entries(raw).map((entry, index) => {
    const hunks = /^@@[\s\S]*/m.exec(patches[index] ?? '')?.[0].trimEnd()
    const lines = hunks?.split('\n') ?? []
    return {
      ...entry,
      additions: lines.filter(line => line.startsWith('+')).length,
      deletions: lines.filter(line => line.startsWith('-')).length,
      ...(hunks ? { patch: hunks } : {}),
    }
  })
}

type Entry = Pick<ChangedFile, 'sha' | 'path' | 'previousPath' | 'status'>

/** `:100644 100644 <old> <new> R087\0old\0new\0` records. */
function entries(raw: string): Entry[] {
  const fields = raw.split('\0')
  const found: Entry[] = []
  for (let at = 0; fields[at]?.startsWith(':'); ) {
    const [, , before = '', after = '', letter = ''] = fields[at]?.split(' ') ?? []
    const renamed = letter.startsWith('R')
    const [first = '', second = ''] = fields.slice(at + 1, at + 3)
    found.push({
      sha: letter === 'D' ? before : after,
      path: renamed ? second : first,
      status: STATUS[letter[0] as keyof typeof STATUS] ?? 'modified',
      ...(renamed ? { previousPath: first } : {}),
    })
    at += renamed ? 3 : 2
  }
  return found
}
