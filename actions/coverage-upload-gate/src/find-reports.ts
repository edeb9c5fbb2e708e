import { glob, readdir, stat } from 'node:fs/promises'
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
 * Fails unless there are as many reports as legs were to write one: a leg that is missing would change the total unnoticed.
 */
export async function requireExpected(
  reports: readonly ReportPath[],
  expected: number | undefined,
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
  const missing = await legsWithout(reports, folder)
  const legs = missing.length > 0 ? ` (missing leg: ${missing.join(', ')}?)` : ''
  throw new UserError(
    `expect-reports is ${expected} but ${were}${legs}. Found: ${names}. See why the other job wrote no report, or lower expect-reports.`,
  )
}

/**
 * Legs by the folders next to those of the reports that are named alike and hold none: `3.13` for `test-results-3.13` beside
 * `test-results-3.11/coverage.xml`.
 */
async function legsWithout(reports: readonly ReportPath[], folder: string): Promise<string[]> {
  const having = new Set(reports.map(({ absolute }) => dirname(absolute)))
  const missing = new Set<string>()
  for (const leg of having) {
    const prefix = /^.*[-_ ]/.exec(basename(leg))?.[0]
    if (prefix === undefined || relative(folder, leg).startsWith('..') || leg === folder) continue
    for (const entry of await readdir(dirname(leg), { withFileTypes: true })) {
      const isLeg = entry.isDirectory() && entry.name.startsWith(prefix)
      if (isLeg && !having.has(join(dirname(leg), entry.name))) missing.add(entry.name.slice(prefix.length))
    }
  }
  return [...missing].sort()
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
