import {
  type Commit,
  emptyNotes,
  gitCliffNotes,
  type ReleaseHistory,
  releaseHistory,
  renderSection,
  sectionOf,
} from '@tokenledger/changelog'
import { type GitHubClient, generateNotes } from '@tokenledger/github'
import { UserError } from '@tokenledger/kit'
import { packageName } from '@tokenledger/python-project'
import { installGitCliff } from '@tokenledger/tool-install'
import { previousTag as choosePrevious, type PreviousTag } from '@tokenledger/versioning'
import type { Checkout } from './checkout.ts'
import type { ReleaseInputs } from './inputs.ts'
import type { Subject } from './subject.ts'
import type { Surroundings } from './surroundings.ts'

/** What a release says of itself. */
export interface Notes {
  /** Markdown, whole. */
  readonly body: string
  /** Where it comes from, in a few words. */
  readonly source: string
  readonly previous: { readonly tag: string; readonly reason: string } | undefined
  readonly commits: readonly Commit[]
  /** Commits that the notes do not hold; undefined where nobody can tell. */
  readonly left: readonly Commit[] | undefined
  /** Commits that are not in the form of Conventional Commits. */
  readonly unconventional: readonly Commit[]
  /** Merge commits among them that the notes leave out on purpose. */
  readonly merges: number
  /** What breaks, one line each. */
  readonly breaking: readonly string[]
  /** What was fetched because the checkout did not have it. */
  readonly repaired: string | undefined
}

interface Asked {
  readonly client: GitHubClient
  readonly subject: Subject
  readonly inputs: ReleaseInputs
  readonly at: Surroundings
  readonly checkout: Checkout
}

type Written = Pick<Notes, 'body' | 'source'> &
  Partial<Pick<Notes, 'left' | 'unconventional' | 'merges' | 'breaking'>>

/**
 * Writes the notes of a version, from the commits after the previous version that a person would name. Throws UserErrors
 * NOTES_EMPTY, NOTES_CONFIG_MISSING, NOTES_GIT_CLIFF and RELEASE_PREVIOUS_TAG.
 */
export async function writeNotes(asked: Asked): Promise<Notes> {
  const { inputs, subject, checkout } = asked
  let chosen: { readonly tag: string; readonly reason: string } | undefined
  const history = await releaseHistory(checkout.git, {
    path: inputs.folder,
    choose: tags => {
      chosen = inputs.previousTag ? given(inputs.previousTag, tags) : computed(subject, tags)
      return tags.find(({ tag }) => tag === chosen?.tag)
    },
  })
  const written = await write(asked, history)
  const { commits, repaired } = history
  if (written.body.trim() === '' && !inputs.allowEmptyNotes) {
    throw emptyNotes(history.previous?.tag, subject.tag)
  }
  return {
    body: written.body,
    source: written.source,
    previous: chosen,
    commits,
    left: written.left,
    unconventional: written.unconventional ?? [],
    merges: written.merges ?? 0,
    breaking: written.breaking ?? [],
    repaired,
  }
}

function given(tag: string, tags: readonly { readonly tag: string }[]) {
  if (tags.some(each => each.tag === tag)) return { tag, reason: 'input previous-tag names it.' }
  throw new UserError(
    `RELEASE_PREVIOUS_TAG: there is no tag ${tag}; give previous-tag another one, or leave it out`,
  )
}

function computed(
  { version, format }: Subject,
  tags: readonly { readonly tag: string; readonly isAncestor: boolean }[],
): PreviousTag | undefined {
  const candidates = tags.flatMap(({ tag, isAncestor }) => {
    const found = format.versionOf(tag)
    return found ? [{ tag, version: found, isAncestor }] : []
  })
  return choosePrevious(candidates, version)
}

async function write(asked: Asked, history: ReleaseHistory): Promise<Written> {
  const { inputs } = asked
  const source = inputs.notesSource === 'auto' ? automatic(asked) : inputs.notesSource
  switch (source) {
    case 'changelog':
      return fromChangelog(asked)
    case 'git-cliff':
      return fromGitCliff(asked, history)
    case 'github':
      return fromGitHub(asked, history)
    case 'commits':
      return {
        body: renderSection(history.commits, { repositoryUrl: asked.at.repositoryUrl }),
        source: 'the commits',
      }
  }
}

/** The changelog's section, else git-cliff where it is configured, else the commits by themselves. */
function automatic(asked: Asked): 'changelog' | 'git-cliff' | 'commits' {
  const { checkout, inputs } = asked
  if (sectionIn(asked)?.trim()) return 'changelog'
  const isConfigured =
    checkout.read(inFolder(inputs, inputs.cliffConfig)) !== undefined ||
    /^\s*\[tool\.git-cliff\b/m.test(checkout.read(inFolder(inputs, 'pyproject.toml')) ?? '')
  return isConfigured ? 'git-cliff' : 'commits'
}

function fromChangelog(asked: Asked): Written {
  const { inputs, subject } = asked
  const section = sectionIn(asked) ?? ''
  if (section.trim() === '' && !inputs.allowEmptyNotes) {
    throw new UserError(
      `NOTES_EMPTY: ${inFolder(inputs, inputs.changelog)} has nothing for ${subject.version.text}; write it there, or set notes-source: git-cliff`,
    )
  }
  return { body: section, source: inFolder(inputs, inputs.changelog) }
}

function sectionIn({ checkout, inputs, subject }: Asked): string | undefined {
  const text = checkout.read(inFolder(inputs, inputs.changelog))
  if (text === undefined) return undefined
  const name = inputs.folder ? packageName(checkout.read, inputs.folder) : undefined
  return sectionOf(text, subject.version.text, name)
}

async function fromGitCliff(asked: Asked, { previous, commits }: ReleaseHistory): Promise<Written> {
  const { inputs, subject, checkout } = asked
  const { path: program } = await installGitCliff({ version: inputs.gitCliffVersion, env: process.env })
  const made = await gitCliffNotes({
    program,
    git: checkout.git,
    root: inputs.workspace,
    config: inFolder(inputs, inputs.cliffConfig),
    ...(previous ? { previous } : {}),
    tag: subject.tag,
    ...(inputs.folder ? { path: inputs.folder } : {}),
    repository: asked.at.repository,
    allowCommands: inputs.allowCommands,
    commits,
  })
  return {
    body: made.body,
    source: `git-cliff ${inputs.gitCliffVersion}, ${inFolder(inputs, inputs.cliffConfig)}`,
    left: made.dropped,
    unconventional: made.unconventional,
    merges: made.merges.length,
    breaking: made.breaking,
  }
}

async function fromGitHub({ client, subject, at }: Asked, { previous }: ReleaseHistory): Promise<Written> {
  const { body } = await generateNotes(client, {
    repository: at.repository,
    tag: subject.tag,
    ...(previous ? { previousTag: previous.tag } : {}),
  })
  return { body, source: "GitHub's own notes" }
}

function inFolder({ folder }: Pick<ReleaseInputs, 'folder'>, path: string): string {
  return folder ? `${folder}/${path}` : path
}
