import { type Git, gitAt, UserError } from '@tokenledger/kit'
import type { Commit } from '../history/commit.ts'
import { askGitCliff } from './ask-git-cliff.ts'
import { borrowRepository, type TagAt } from './borrowed-repository.ts'
import { findCliffConfig } from './cliff-config.ts'
import { countNotes, type NotesCounts } from './cliff-context.ts'
import { fetchChangedFiles } from './fetch-changed-files.ts'

export interface CliffNotesOptions {
  /** Absolute path of git-cliff. */
  readonly program: string
  /** The repository's top folder; what is released is its HEAD. */
  readonly root: string
  /** Relative to `root`, or absolute. */
  readonly config: string
  /** Name of the release; it need not exist. */
  readonly tag: string
  /** Where the notes begin; absent for a first release, which has the whole history. */
  readonly previous?: TagAt | undefined
  /** Only commits that change something in this folder, relative to `root`; `''` and `.` are no limit. */
  readonly path?: string
  /** `owner/name` for the links of a template (`remote.github`); nothing is asked of it. */
  readonly repository?: string
  /** Lets the configuration's `replace_command`s run; with postprocessors those of the commits run twice. */
  readonly allowCommands?: boolean
  /** What git lists for the same range and path, see `releaseHistory`; the counts come from the comparison. */
  readonly commits: readonly Commit[]
  /** With the credentials by which a clone made with a filter gets what it lacks. */
  readonly git?: Git
}

export interface CliffNotes extends NotesCounts {
  /** Without the configuration's header, with one line feed at its end; empty when there is nothing to tell. */
  readonly body: string
  /** Wall time in ms. */
  readonly ms: number
}

/**
 * The notes of a release by the real git-cliff with the user's configuration: for just the commits since the previous tag,
 * without network, without commands unless allowed, and without anything of the job in its environment. A UserError when the
 * configuration is missing (NOTES_CONFIG_MISSING), git-cliff fails (NOTES_GIT_CLIFF), or there is no history.
 */
export async function gitCliffNotes(options: CliffNotesOptions): Promise<CliffNotes> {
  const started = performance.now()
  const { root, previous, git = gitAt(root), commits } = options
  const config = await findCliffConfig(root, options.config)
  const repository = await borrowRepository(git, options)
  try {
    const ask = () => askGitCliff(options, config, repository)
    const { body, context } = await ask().catch(async (error: unknown) => {
      if (!(error instanceof UserError) || !isMissingObject(error)) throw error
      await fetchChangedFiles(git, previous?.commit)
      return ask()
    })
    const counts = countNotes(context, commits)
    const text = counts.included === 0 ? '' : normalised(body)
    return { ...counts, body: text, ms: performance.now() - started }
  } finally {
    await repository.remove()
  }
}

/** What libgit2 says in a clone made with a filter; git-cliff counts the lines of every change. */
const isMissingObject = ({ message }: UserError) => message.includes('object not found')

/** git-cliff begins with blank lines and ends without a line feed. */
function normalised(body: string): string {
  const text = body.replaceAll('\r\n', '\n').trim()
  return text === '' ? '' : `${text}\n`
}
