import { glob, stat } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { UserError } from '@tokenledger/kit'

/** A report file of this run. */
export interface ReportPath {
  readonly absolute: string
  /** Relative to the workspace with forward slashes where it lies in there: how people and Codecov are told of it. */
  readonly shown: string
}

/**
 * The files that paths and patterns name, each once, by path. A path without a pattern has to exist; a pattern may match
 * nothing as long as another one does. Throws a UserError that says what was looked for and how many there are.
 */
export async function findReports(
  patterns: readonly string[],
  folder: string,
  workspace: string,
): Promise<ReportPath[]> {
  const found = new Set<string>()
  for (const pattern of patterns) {
    const matches = await matchesOf(pattern, folder)
    if (matches.length === 0 && !isPattern(pattern)) throw nothingMatched(pattern, folder)
    for (const match of matches) found.add(match)
  }
  if (found.size === 0) throw nothingMatched(patterns.join(', '), folder)
  return [...found].sort().map(absolute => ({ absolute, shown: shownAs(absolute, workspace) }))
}

/**
 * Fails unless there are as many reports as legs were to write one: a leg that is missing would change the total unnoticed. A
 * folder that a pattern fits and that holds no report is named as the missing leg.
 */
export async function requireExpected(
  reports: readonly ReportPath[],
  expected: number | undefined,
  patterns: readonly string[],
  folder: string,
): Promise<void> {
  if (expected === undefined || reports.length === expected) return
  const names = reports.map(({ shown }) => shown).join(', ')
  const were = `${reports.length} ${reports.length === 1 ? 'was' : 'were'} found`
  if (reports.length > expected) {
    throw new UserError(
      `expect-reports is ${expected} but ${were}: ${names}. Narrow files:, or raise expect-reports.`,
    )
  }
  const missing = await foldersWithout(reports, patterns, folder)
  const legs = missing.length > 0 ? ` (missing leg: ${missing.join(', ')}?)` : ''
  throw new UserError(
    `expect-reports is ${expected} but ${were}${legs}. Found: ${names}. See why the other job wrote no report, or lower expect-reports.`,
  )
}

async function foldersWithout(
  reports: readonly ReportPath[],
  patterns: readonly string[],
  folder: string,
): Promise<string[]> {
  const having = new Set(reports.map(({ absolute }) => dirname(absolute)))
  const folders = new Set<string>()
  for (const pattern of patterns.map(dirname).filter(isPattern)) {
    for await (const match of glob(pattern, { cwd: folder })) folders.add(resolve(folder, match))
  }
  const legs = legNames([...folders].map(path => basename(path)))
  return [...folders].flatMap((path, index) => (having.has(path) ? [] : (legs[index] ?? [])))
}

/** `3.11` and `3.13` for `test-results-3.11` and `test-results-3.13`. */
function legNames(names: readonly string[]): string[] {
  const [first = ''] = names
  const ends = [...first].flatMap((letter, index) => (/[-_ ]/.test(letter) ? [index + 1] : []))
  const cut = ends.findLast(end => names.every(name => name.startsWith(first.slice(0, end)))) ?? 0
  return names.map(name => name.slice(cut))
}

async function matchesOf(pattern: string, folder: string): Promise<string[]> {
  const literal = resolve(folder, pattern)
  if (await isFile(literal)) return [literal]
  if (!isPattern(pattern)) return []
  const matches: string[] = []
  for await (const match of glob(pattern, { cwd: folder })) {
    const absolute = isAbsolute(match) ? match : join(folder, match)
    if (await isFile(absolute)) matches.push(absolute)
  }
  return matches
}

function isPattern(text: string): boolean {
  return /[*?[{]/.test(text)
}

function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    found => found.isFile(),
    () => false,
  )
}

function shownAs(absolute: string, workspace: string): string {
  const inside = relative(workspace, absolute)
  return inside.startsWith('..') || isAbsolute(inside) ? absolute : inside.split(sep).join('/')
}

function nothingMatched(pattern: string, folder: string): UserError {
  return new UserError(
    `No coverage report matched "${pattern}" in ${folder} (0 files). Run pytest with --cov --cov-report=xml before this step, or set files:.`,
  )
}
