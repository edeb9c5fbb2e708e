import { execFileSync } from 'node:child_process'
import { gitIn, tempDir, writeFiles } from '@tokenledger/testkit'
import { gitCliffProgram } from '../../../tool-install/test/git-cliff/program.ts'
import { type CliffNotes, type CliffNotesOptions, gitCliffNotes, releaseHistory } from '../../src/index.ts'
import { actionGit } from '../history/clones.ts'

/** A configuration that leaves nothing out; each entry is its own line with the hash, so that a text tells all that it has. */
export const PLAIN = `[changelog]
header = "# Changelog"
trim = true
body = """
## {{ version }} since {{ previous.version | default(value="the first") }}
{% for group, commits in commits | group_by(attribute="group") %}
### {{ group | striptags | trim }}
{% for commit in commits %}
- {{ commit.message }} {{ commit.id }}
{%- endfor %}
{% endfor %}"""

[git]
conventional_commits = true
filter_unconventional = false
commit_parsers = [
  { message = "^feat", group = "<!-- 0 -->Features" },
  { message = ".*", group = "<!-- 1 -->Others" },
]
`

/** The same with text around it, and text that is rewritten. */
export const REWRITTEN = PLAIN.replace(
  'trim = true',
  'trim = true\nfooter = "<!-- made by git-cliff -->"\npostprocessors = [{ pattern = "Others", replace = "The rest" }]',
)

/** The same with hashes rewritten, so that a run cannot tell the commits beside the text. */
export const HIDDEN = REWRITTEN.replace(
  'pattern = "Others"',
  "pattern = '([0-9a-f]{7})[0-9a-f]{33}'",
).replace('"The rest"', '"[$1]"')

export interface Asked extends Partial<CliffNotesOptions> {
  readonly cliff?: string
  /** Name of the previous tag. */
  readonly from?: string
}

/** The notes of a checkout's HEAD as an action makes them, with the history read first. */
export async function notesOf(
  root: string,
  { cliff = PLAIN, from, ...options }: Asked = {},
): Promise<CliffNotes> {
  const git = actionGit(root)
  const folder = tempDir('cliff-')
  writeFiles(folder, { 'cliff.toml': cliff })
  const { previous, commits } = await releaseHistory(git, {
    choose: tags => tags.find(({ tag }) => tag === from),
    ...(options.path === undefined ? {} : { path: options.path }),
  })
  return gitCliffNotes({
    ...{ git, root, previous, commits, tag: 'v2.0.0', config: `${folder}/cliff.toml` },
    ...{ program: await gitCliffProgram(), ...options },
  })
}

/** What a person gets who runs git-cliff in the checkout. */
export async function byHand(root: string, cliff: string, ...args: readonly string[]): Promise<string> {
  const folder = tempDir('cliff-')
  writeFiles(folder, { 'cliff.toml': cliff })
  const options = ['--config', `${folder}/cliff.toml`, '--offline', '--strip', 'header', ...args]
  const output = execFileSync(await gitCliffProgram(), options, {
    cwd: root,
    encoding: 'utf8',
    stdio: 'pipe',
  })
  return `${output.trim()}\n`
}

/** The hash of the one commit with this subject. */
export function hashOf(root: string, subject: string): string {
  return gitIn(root)('log', '--format=%H', '--fixed-strings', `--grep=${subject}`)
}
