import { resolve } from 'node:path'
import { Mistakes, mask, inputs as read } from '@tokenledger/kit'
import type { PrereleaseLabel } from '@tokenledger/versioning'

const MODES = ['pr', 'commit', 'tag', 'files'] as const
const ENGINES = ['native', 'bump-my-version'] as const
const DRIFTS = ['error', 'warn', 'off'] as const
const LABELS = ['a', 'b', 'rc'] as const

export type Mode = (typeof MODES)[number]

/** What to bump to: a part, whose name a configuration may have made up, or a version. */
export type Wish =
  | { readonly kind: 'auto' }
  | { readonly kind: 'part'; readonly part: string }
  | { readonly kind: 'version'; readonly version: string }

export interface BumpInputs {
  readonly mode: Mode
  readonly wish: Wish
  readonly label: PrereleaseLabel | undefined
  readonly engine: (typeof ENGINES)[number]
  /** Relative to the folder; empty for the tool's own search. */
  readonly configFile: string
  /** Absolute. */
  readonly workspace: string
  /** Of the package within the workspace, with forward slashes; '' for the workspace itself. */
  readonly folder: string
  readonly tagFormat: string
  /** Empty for the repository's default branch. */
  readonly base: string
  /** With `{tag}`. */
  readonly branch: string
  /** Relative to the folder; empty for none. */
  readonly changelog: string
  /** Empty for none. */
  readonly releaseWorkflow: string
  readonly majorOnZero: boolean
  readonly allowHooks: boolean
  readonly drift: (typeof DRIFTS)[number]
  readonly dryRun: boolean
  readonly token: string
  readonly summary: boolean
}

/** Hides the token, before anything is printed that could hold it. */
export function maskToken(): void {
  const token = read.optional('github-token')
  if (token) mask(token)
}

/** Reads and checks all inputs; the only place that does. Throws one UserError that holds every mistake, one a line. */
export function readInputs(env: NodeJS.ProcessEnv): BumpInputs {
  const mistakes = new Mistakes()
  const oneOf = <const T extends string>(name: string, allowed: readonly T[], fallback: T): T =>
    mistakes.collect(() => read.oneOf(name, allowed, fallback), fallback)
  const flag = (name: string, fallback: boolean) =>
    mistakes.collect(() => read.flag(name, fallback), fallback)
  const workspace = resolve(env.GITHUB_WORKSPACE ?? '.')
  const label = read.optional('prerelease-label') ? oneOf('prerelease-label', LABELS, 'rc') : undefined
  const result: BumpInputs = {
    mode: oneOf('mode', MODES, 'pr'),
    wish: wish(),
    label,
    engine: oneOf('engine', ENGINES, 'native'),
    configFile: read.optional('config-file'),
    workspace,
    folder: mistakes.collect(() => read.folder('path', workspace), ''),
    tagFormat: read.optional('tag-format', 'v{version}'),
    base: read.optional('base'),
    branch: read.optional('branch', 'release/{tag}'),
    changelog: read.orNone('changelog', 'CHANGELOG.md'),
    releaseWorkflow: read.orNone('release-workflow', 'release.yml'),
    majorOnZero: flag('major-on-zero', false),
    allowHooks: flag('allow-hooks', false),
    drift: oneOf('drift', DRIFTS, 'warn'),
    dryRun: flag('dry-run', false),
    token: read.optional('github-token'),
    summary: flag('summary', true),
  }
  mistakes.add(contradictions(result))
  mistakes.throwIfAny()
  return result
}

function wish(): Wish {
  const version = read.optional('new-version')
  if (version) return { kind: 'version', version }
  const part = read.optional('part', 'auto')
  return part === 'auto' ? { kind: 'auto' } : { kind: 'part', part }
}

/** Inputs that are good by themselves and make no sense together. */
function contradictions({ wish, label, mode, branch, engine, allowHooks, token }: BumpInputs): string[] {
  const part = read.optional('part')
  return [
    ...(wish.kind === 'version' && part && part !== 'auto'
      ? [`Inputs part and new-version are both given ("${part}", "${wish.version}"); remove one of them.`]
      : []),
    ...(wish.kind === 'version' && label
      ? ['Input prerelease-label has no meaning with new-version; write the label into the version.']
      : []),
    ...(mode === 'pr' && !branch.includes('{tag}')
      ? [
          `Input branch is "${branch}"; it needs {tag}, such as release/{tag}, so that each release has its own.`,
        ]
      : []),
    ...(allowHooks && engine === 'native'
      ? ['Input allow-hooks is for engine: bump-my-version; the native engine never runs hooks.']
      : []),
    ...(mode !== 'files' && !token ? [`Mode ${mode} needs github-token, and it is empty.`] : []),
  ]
}
