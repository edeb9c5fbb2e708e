import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Git, gitAt, UserError } from '@tokenledger/kit'
import type { Commit } from '../history/commit.ts'
import { answerIn, headerAsking } from './asked-in-header.ts'
import { type Borrowed, borrowRepository, type TagAt } from './borrowed-repository.ts'
import { type CliffConfig, findCliffConfig } from './cliff-config.ts'
import { type CliffContext, countNotes, type NotesCounts } from './cliff-context.ts'
import { fetchChangedFiles } from './fetch-changed-files.ts'
import { runGitCliff } from './run-git-cliff.ts'

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

/** No regular expression but this one matches no tag at all: an empty one would match every tag. */
const NO_TAG = '\\b\\B'

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
    const run = () => bodyAndContext(options, config, repository)
    const { body, context } = await run().catch(async (error: unknown) => {
      if (!(error instanceof UserError) || !isMissingObject(error)) throw error
      await fetchChangedFiles(git, previous?.commit)
      return run()
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

/** The text, and the commits that it is made from. */
async function bodyAndContext(
  options: CliffNotesOptions,
  config: CliffConfig,
  repository: Borrowed,
): Promise<{ body: string; context: CliffContext }> {
  const run = (args: readonly string[], env = {}) =>
    runGitCliff({
      program: options.program,
      cwd: config.folder ?? options.root,
      home: repository.path,
      args: ['--config', config.path, ...args, ...argumentsOf(options, repository)],
      env,
    })
  const mark = randomUUID()
  const answer = rewritesByCommand(options, config)
    ? undefined
    : answerIn(await run([], headerAsking(mark)), mark)
  if (answer) return answer
  const file = join(repository.path, 'context.json')
  // At the same time; and both have to end before the repository goes.
  const [context, body] = await Promise.allSettled([
    run(['--context', '--output', file]).then(async () => JSON.parse(await readFile(file, 'utf8'))),
    run(['--strip', 'header']),
  ])
  if (context.status === 'rejected') throw context.reason
  if (body.status === 'rejected') throw body.reason
  return { body: body.value, context: context.value as CliffContext }
}

/** A command of the user's is not given what is no part of the notes. */
function rewritesByCommand({ allowCommands = false }: CliffNotesOptions, { text }: CliffConfig): boolean {
  return allowCommands && text.includes('postprocessors')
}

/** `--` has to stand before the range, which the options of many values before it would take for one of theirs. */
function argumentsOf(
  { path = '', previous, repository, allowCommands }: CliffNotesOptions,
  { path: borrowed, head }: Borrowed,
): string[] {
  const folder = path.replace(/^\.\/|\/+$/g, '')
  return [
    ...['--offline', '--tag-pattern', '', '--skip-tags', NO_TAG, '--ignore-tags', NO_TAG, '--count-tags', ''],
    ...(allowCommands ? [] : ['--no-exec']),
    ...(repository ? ['--github-repo', repository] : []),
    ...(folder === '' || folder === '.' ? [] : ['--include-path', `${escaped(folder)}/**`]),
    ...['--repository', borrowed, '--'],
    // A whole hash alone is all that leads to it; git-cliff takes no name there, and no `..` without a beginning.
    previous ? `${previous.commit}..${head}` : head,
  ]
}

/** For a pattern (Rust's glob) that stands for this folder alone. */
const escaped = (folder: string) => folder.replace(/[?*[\]]/g, '[$&]')

/** git-cliff begins with blank lines and ends without a line feed. */
function normalised(body: string): string {
  const text = body.replaceAll('\r\n', '\n').trim()
  return text === '' ? '' : `${text}\n`
}
