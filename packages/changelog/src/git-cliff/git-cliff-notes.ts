import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Git, gitAt } from '@tokenledger/kit'
import type { Commit } from '../history/commit.ts'
import { type Borrowed, borrowRepository, type TagAt } from './borrowed-repository.ts'
import { findCliffConfig } from './cliff-config.ts'
import { type CliffContext, countNotes, type NotesCounts } from './cliff-context.ts'
import { type CliffRun, runGitCliff } from './run-git-cliff.ts'

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
  /** Lets the configuration's `replace_command`s run. */
  readonly allowCommands?: boolean
  /** What git lists for the same range and path, see `releaseHistory`; the counts come from the comparison. */
  readonly commits: readonly Commit[]
  readonly git?: Git
}

export interface CliffNotes extends NotesCounts {
  /** Without the configuration's header, with one line feed at its end; empty when there is nothing to tell. */
  readonly body: string
  /** Wall time in ms. */
  readonly ms: number
}

/** No regular expression but this one matches no tag at all: an empty one would match every tag. */
const NO_TAG = '\\b\\B'

/**
 * The notes of a release by the real git-cliff with the user's configuration: for just the commits since the previous tag,
 * without network, without commands unless allowed, and without anything of the job in its environment. The history is read
 * once, into git-cliff's own context, from which it then renders. A UserError when the configuration is missing
 * (NOTES_CONFIG_MISSING), git-cliff fails (NOTES_GIT_CLIFF), or there is no history.
 */
export async function gitCliffNotes(options: CliffNotesOptions): Promise<CliffNotes> {
  const started = performance.now()
  const { root, tag, previous, git = gitAt(root), commits } = options
  const config = await findCliffConfig(root, options.config)
  const repository = await borrowRepository(git, { root, tag, previous })
  try {
    const run: Omit<CliffRun, 'args'> = {
      program: options.program,
      cwd: config.folder ?? root,
      home: repository.path,
    }
    const always = alwaysArguments(options, config.path)
    const context = join(repository.path, 'context.json')
    await runGitCliff({
      ...run,
      args: [...always, '--context', '--output', context, ...wanted(options, repository)],
    })
    const text = await readFile(context, 'utf8')
    const counts = countNotes(JSON.parse(text) as CliffContext, commits)
    const body =
      counts.included === 0
        ? ''
        : await runGitCliff({ ...run, args: [...always, '--strip', 'header', '--from-context', context] })
    return { ...counts, body: normalised(body), ms: performance.now() - started }
  } finally {
    await repository.remove()
  }
}

function alwaysArguments({ repository, allowCommands }: CliffNotesOptions, config: string): string[] {
  return [
    ...['--config', config, '--offline'],
    ...(allowCommands ? [] : ['--no-exec']),
    ...(repository ? ['--github-repo', repository] : []),
  ]
}

/** `--` has to stand before the range, which the options of many values before it would take for one of theirs. */
function wanted({ path = '', previous }: CliffNotesOptions, { path: repository, head }: Borrowed): string[] {
  const isLimited = path !== '' && path !== '.'
  return [
    ...['--tag-pattern', '', '--skip-tags', NO_TAG, '--ignore-tags', NO_TAG, '--count-tags', ''],
    ...(isLimited ? ['--include-path', `${path.replace(/\/+$/, '')}/**`] : []),
    ...['--repository', repository, '--'],
    // One whole hash is what leads to, not a range; git-cliff takes no other name there.
    previous ? `${previous.commit}..${head}` : head,
  ]
}

/** git-cliff begins with blank lines and ends without a line feed. */
function normalised(body: string): string {
  const text = body.replaceAll('\r\n', '\n').trim()
  return text === '' ? '' : `${text}\n`
}
