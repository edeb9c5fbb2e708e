import { relative, resolve, sep } from 'node:path'
import type { CommentMode, Gates, Percentage, ReportFormat } from '@tokenledger/coverage'
import { FORMATS, parsePathMap, parsePercent } from '@tokenledger/coverage'
import { DURATION_FORMS, Mistakes, mask, parseDuration, inputs as read, UserError } from '@tokenledger/kit'

const FAIL_ON = ['gate', 'upload', 'unresolved'] as const
type FailOn = (typeof FAIL_ON)[number]

/** Which reports, and how their names become paths of the repository. */
export interface ReportInputs {
  readonly files: readonly string[]
  readonly baseFiles: readonly string[]
  readonly format: ReportFormat | 'auto'
  readonly expected: number | undefined
  readonly maxBytes: number
  readonly pathMap: ReturnType<typeof parsePathMap>
  readonly exclude: readonly string[]
}

export interface GateInputs {
  readonly gates: Gates
  readonly gateOn: 'exact' | 'displayed'
  readonly precision: number
  readonly partialBranch: 'miss' | 'hit'
  readonly multiline: boolean
  readonly patchBase: string
  readonly failOn: ReadonlySet<FailOn>
}

export interface UploadInputs {
  readonly mode: 'auto' | 'required' | 'off'
  /** A secret. */
  readonly token: string
  readonly url: string
  readonly oidc: 'auto' | 'on' | 'off'
  readonly flags: readonly string[]
  readonly name: string
  readonly timeoutMs: number
}

export interface ShownInputs {
  readonly comment: CommentMode
  readonly commentKey: string
  readonly annotations: boolean
  readonly annotationLevel: 'notice' | 'warning' | 'error'
  /** Relative to the working directory; empty for none. */
  readonly badgePath: string
  readonly summary: boolean
}

export interface CoverageInputs {
  readonly reports: ReportInputs
  readonly gate: GateInputs
  readonly upload: UploadInputs
  readonly shown: ShownInputs
  readonly token: string
  /** Absolute. */
  readonly workspace: string
  /** Within the workspace, with forward slashes; '' for the workspace itself. */
  readonly workingDirectory: string
}

/** What `comment-from` needs and nothing else. */
export interface CommentFromInputs {
  /** Absolute. */
  readonly file: string
  readonly key: string
  readonly token: string
}

/** Hides the tokens, before anything is printed that could hold one. */
export function maskTokens(): void {
  for (const name of ['github-token', 'codecov-token']) {
    const token = read.optional(name)
    if (token) mask(token)
  }
}

/** Reads and checks all inputs; the only place that does. Throws one UserError that holds every mistake, one a line. */
export function readInputs(env: NodeJS.ProcessEnv): CoverageInputs {
  const mistakes = new Mistakes()
  const workspace = resolve(env.GITHUB_WORKSPACE ?? '.')
  const result: CoverageInputs = {
    reports: reportInputs(mistakes),
    gate: gateInputs(mistakes),
    upload: uploadInputs(mistakes, env),
    shown: shownInputs(mistakes),
    token: read.optional('github-token'),
    workspace,
    workingDirectory: mistakes.collect(() => workingDirectory(workspace), ''),
  }
  mistakes.throwIfAny()
  return result
}

/** Undefined unless this run is to post what another one has left. */
export function commentFrom(env: NodeJS.ProcessEnv): CommentFromInputs | undefined {
  const file = read.optional('comment-from')
  if (!file) return undefined
  const workspace = resolve(env.GITHUB_WORKSPACE ?? '.')
  return { file: resolve(workspace, file), key: commentKey(), token: read.optional('github-token') }
}

function reportInputs(mistakes: Mistakes): ReportInputs {
  const expected = mistakes.collect(() => read.wholeNumber('expect-reports', 0, 1), 0)
  return {
    files: lines('files', ['coverage.xml']),
    baseFiles: lines('base-report', []),
    format: mistakes.collect(() => read.oneOf('format', ['auto', ...FORMATS], 'auto'), 'auto'),
    expected: expected || undefined,
    maxBytes: mistakes.collect(() => read.wholeNumber('max-report-size', 512, 1), 512) * 1024 * 1024,
    pathMap: mistakes.collect(() => parsePathMap(lines('path-map', [])), []),
    exclude: lines('exclude', []),
  }
}

function gateInputs(mistakes: Mistakes): GateInputs {
  const percent = (name: string) => mistakes.collect(() => percentInput(name), undefined)
  const named = {
    minTotal: percent('min-total'),
    minPatch: percent('min-patch'),
    minFilePatch: percent('min-file-patch'),
    maxDrop: percent('max-drop'),
  }
  return {
    gates: Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined)),
    gateOn: mistakes.collect(() => read.oneOf('gate-on', ['exact', 'displayed'], 'exact'), 'exact'),
    precision: mistakes.collect(precision, 2),
    partialBranch: mistakes.collect(() => read.oneOf('partial-branch', ['miss', 'hit'], 'miss'), 'miss'),
    multiline: mistakes.collect(() => read.flag('patch-multiline', true), true),
    patchBase: read.optional('patch-base', 'auto'),
    failOn: mistakes.collect(failOn, new Set()),
  }
}

function percentInput(name: string): Percentage | undefined {
  const typed = read.optional(name)
  return typed === '' ? undefined : parsePercent(typed, `Input ${name}`)
}

function precision(): number {
  const digits = read.wholeNumber('precision', 2)
  if (digits <= 6) return digits
  throw new UserError(`Input precision is "${digits}"; give a whole number from 0 to 6.`)
}

function failOn(): Set<FailOn> {
  const names = read.list('fail-on')
  if (names.length === 1 && names[0] === 'none') return new Set()
  const wrong = names.find(name => !(FAIL_ON as readonly string[]).includes(name))
  if (wrong === undefined) return new Set(names.length > 0 ? (names as FailOn[]) : FAIL_ON)
  throw new UserError(`Input fail-on has "${wrong}"; allowed: ${FAIL_ON.join(', ')}, or none alone.`)
}

function uploadInputs(mistakes: Mistakes, env: NodeJS.ProcessEnv): UploadInputs {
  return {
    mode: mistakes.collect(() => read.oneOf('upload', ['auto', 'required', 'off'], 'auto'), 'off'),
    token: read.optional('codecov-token'),
    url: read.optional('codecov-url', env.CODECOV_URL),
    oidc: mistakes.collect(() => read.oneOf('oidc', ['auto', 'on', 'off'], 'auto'), 'auto'),
    flags: read.list('flags'),
    name: read.optional('name'),
    timeoutMs: mistakes.collect(uploadTimeout, 0),
  }
}

function uploadTimeout(): number {
  const text = read.optional('upload-timeout', '120s')
  const ms = parseDuration(text)
  if (ms) return ms
  throw new UserError(
    `Input upload-timeout is "${text}"; give a duration with its unit, such as ${DURATION_FORMS.replace(' or 0', '')}.`,
  )
}

function shownInputs(mistakes: Mistakes): ShownInputs {
  const modes = ['auto', 'always', 'on-failure', 'off'] as const
  const levels = ['notice', 'warning', 'error'] as const
  return {
    comment: mistakes.collect(() => read.oneOf('comment', modes, 'auto'), 'off'),
    commentKey: commentKey(),
    annotations: mistakes.collect(() => read.oneOf('annotations', ['on', 'off'], 'on'), 'on') === 'on',
    annotationLevel: mistakes.collect(() => read.oneOf('annotation-level', levels, 'warning'), 'warning'),
    badgePath: read.optional('badge-path'),
    summary: mistakes.collect(() => read.flag('summary', true), true),
  }
}

function commentKey(): string {
  return read.optional('comment-key', 'coverage')
}

/** Entries one a line, as paths may hold blanks and commas. */
function lines(name: string, fallback: readonly string[]): readonly string[] {
  const given = read
    .optional(name)
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(Boolean)
  return given.length > 0 ? given : fallback
}

function workingDirectory(workspace: string): string {
  const given = read.optional('working-directory', '.')
  const inside = relative(workspace, resolve(workspace, given))
  if (!inside.startsWith('..') && resolve(workspace, inside) === resolve(workspace, given)) {
    return inside.split(sep).join('/')
  }
  throw new UserError(
    `Input working-directory is "${given}", which leaves the workspace. Give a folder inside of it.`,
  )
}
