import { isDeepStrictEqual } from 'node:util'
import { arrayOf, isTable, stringOf, type Table, tableOf } from '@tokenledger/python-project'
import { type Document, isSeq, parseDocument } from 'yaml'
import type { Adopter } from './adopter.ts'
import { current, left, type Outcome, written } from './outcome.ts'

interface Ecosystem {
  readonly 'package-ecosystem': 'github-actions' | 'uv' | 'pip' | 'npm'
  /** From the top of the repository, with a slash before it. */
  readonly directory: string
}

const PATH = '.github/dependabot.yml'
/** Days that a new version has to be out: most of what is made to attack is found by then. */
const COOLDOWN = 7

/** Updates of everything that the project pins; entries that are there stay as they are. */
export function dependabotOutcome(adopter: Adopter): Outcome {
  const path = [PATH, '.github/dependabot.yaml'].find(name => adopter.read(name) !== undefined) ?? PATH
  const text = adopter.read(path)
  const wanted = ecosystemsOf(adopter)
  if (text === undefined)
    return written(path, undefined, `version: 2\nupdates:\n${entriesOf(wanted, '  ', '\n')}`, why(wanted))
  const document = parseDocument(text)
  const updates = document.errors.length === 0 ? tableOf(document.toJS()).updates : undefined
  const lacking = wanted.filter(one => !arrayOf(updates).some(entry => covers(tableOf(entry), one)))
  if (document.errors.length === 0 && lacking.length === 0) return current(path, `has ${namesOf(wanted)}`)
  const after = withEntries(text, document, lacking)
  return after === undefined
    ? left(path, `add by hand: ${namesOf(lacking)}; its list "updates" is none that lines can be added to`)
    : written(path, text, after, why(lacking))
}

function ecosystemsOf({ findings, project }: Adopter): Ecosystem[] {
  const usesUv = findings['lock-file'].value !== '' || 'uv' in project.pyproject.tool
  const directory = String(findings['dashboard-directory'].value)
  return [
    { 'package-ecosystem': 'github-actions', directory: '/' },
    { 'package-ecosystem': usesUv ? 'uv' : 'pip', directory: '/' },
    ...(findings['has-dashboard'].value
      ? [{ 'package-ecosystem': 'npm' as const, directory: directory === '.' ? '/' : `/${directory}` }]
      : []),
  ]
}

/** An entry of the same kind for this folder. uv and pip read the same pyproject.toml, so one is enough. */
function covers(entry: Table, { 'package-ecosystem': ecosystem, directory }: Ecosystem): boolean {
  const kind = stringOf(entry['package-ecosystem']) ?? ''
  const isPython = (name: string) => name === 'uv' || name === 'pip'
  const sameKind = kind === ecosystem || (isPython(kind) && isPython(ecosystem))
  const folders = [entry.directory, ...arrayOf(entry.directories)].map(stringOf)
  return sameKind && folders.some(folder => folder !== undefined && folderPattern(folder).test(directory))
}

/** `directories` may hold patterns. */
function folderPattern(folder: string): RegExp {
  const source = folder
    .replace(/^\.?\/*/, '/')
    .replace(/(?<=.)\/+$/, '')
    .split(/(\*+)/)
    .map(part =>
      part.startsWith('**') ? '.*' : part === '*' ? '[^/]*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'),
    )
  return new RegExp(`^${source.join('')}$`)
}

/** The text with the entries behind the last one of its list; undefined where that does not say what it should. */
function withEntries(text: string, document: Document, lacking: readonly Ecosystem[]): string | undefined {
  const list = document.get('updates')
  if (!isSeq(list) || !list.range) return undefined
  const start = text.lastIndexOf('\n', list.range[0] - 1) + 1
  const indent = text.slice(start, list.range[0])
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n'
  const before = text.slice(0, list.range[1]).trimEnd()
  const after = text.slice(before.length).replace(/^[ \t]*(?:#[^\r\n]*)?(\r?\n)?/, '')
  const sameLine = text.slice(before.length, text.length - after.length).trimEnd()
  const result = `${before}${sameLine}${lineEnd}${entriesOf(lacking, indent, lineEnd)}${after}`
  const expected = tableOf(document.toJS())
  const read = parseDocument(result)
  const whole = { ...expected, updates: [...arrayOf(expected.updates), ...lacking.map(entryOf)] }
  return read.errors.length === 0 && isTable(read.toJS()) && isDeepStrictEqual(read.toJS(), whole)
    ? result
    : undefined
}

function entryOf(ecosystem: Ecosystem) {
  return { ...ecosystem, schedule: { interval: 'weekly' }, cooldown: { 'default-days': COOLDOWN } }
}

function entriesOf(ecosystems: readonly Ecosystem[], indent: string, lineEnd: string): string {
  const lines = ecosystems.flatMap(({ 'package-ecosystem': name, directory }) => [
    `- package-ecosystem: ${name}`,
    `  directory: ${/^[\w./-]+$/.test(directory) ? directory : JSON.stringify(directory)}`,
    '  schedule:',
    '    interval: weekly',
    '  cooldown:',
    `    default-days: ${COOLDOWN}`,
  ])
  return lines.map(line => `${indent}${line}${lineEnd}`).join('')
}

function why(added: readonly Ecosystem[]): string {
  return `weekly updates, ${COOLDOWN} days after a version is out: ${namesOf(added)}`
}

function namesOf(ecosystems: readonly Ecosystem[]): string {
  return ecosystems.map(({ 'package-ecosystem': name, directory }) => `${name} in ${directory}`).join(', ')
}
