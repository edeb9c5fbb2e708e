import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { answerIn, headerAsking } from './asked-in-header.ts'
import type { Borrowed } from './borrowed-repository.ts'
import type { CliffConfig } from './cliff-config.ts'
import type { CliffContext } from './cliff-context.ts'
import type { CliffNotesOptions } from './git-cliff-notes.ts'
import { runGitCliff } from './run-git-cliff.ts'

/** No regular expression but this one matches no tag at all: an empty one would match every tag. */
const NO_TAG = '\\b\\B'

/** Else the previous tag would be the one before by the alphabet (v0.10.0 before v0.9.0), or none off the branch. */
const ORDER = { GIT_CLIFF__GIT__TOPO_ORDER: 'false', GIT_CLIFF__GIT__USE_BRANCH_TAGS: 'false' }

/** The text, and the commits that it is made from. */
export async function askGitCliff(
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
      env: { ...ORDER, ...env },
    })
  const mark = randomUUID()
  const answer = rewritesByCommand(options, config)
    ? undefined
    : answerIn(await run(['--output', '-'], headerAsking(mark)), mark)
  if (answer) return answer
  const file = join(repository.path, 'context.json')
  // At the same time; and both have to end before the repository goes.
  const [context, body] = await Promise.allSettled([
    run(['--context', '--output', file]).then(async () => JSON.parse(await readFile(file, 'utf8'))),
    run(['--output', '-', '--strip', 'header']),
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
