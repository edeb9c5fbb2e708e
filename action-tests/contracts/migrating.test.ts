import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { type Action, readYaml, root, type Step } from './yaml-files.ts'

const PAGE = 'docs/migrating.md'
const page = readFileSync(join(root, PAGE), 'utf8')

/** The second column of a table, whose head links to the action of ours that its rows name inputs or outputs of. */
interface Table {
  readonly action: string
  readonly kind: 'inputs' | 'outputs'
  readonly names: readonly string[]
}

describe('docs/migrating.md', () => {
  const tables = page.split('\n\n').flatMap(readTable)

  it('has a table for each of the four ways here', () => {
    expect(tables.map(({ action, kind }) => `${action} ${kind}`)).toEqual([
      'setup-uv-python inputs',
      'setup-uv-python inputs',
      'setup-uv-python outputs',
      'coverage-upload-gate inputs',
      'changelog-release inputs',
      'changelog-release inputs',
      'changelog-release outputs',
      'version-bump inputs',
      'version-bump outputs',
    ])
    for (const { names } of tables) expect(names.length).toBeGreaterThan(2)
  })

  it.each(tables.map(table => [table.action, table.kind, table] as const))(
    'names no input or output that %s does not have (%s)',
    (action, kind, { names }) => {
      const declared = Object.keys(contractOf(`actions/${action}`)[kind] ?? {})
      expect(names.filter(name => !declared.includes(name))).toEqual([])
    },
  )

  it('gives our actions only inputs that they have, in every snippet', () => {
    const steps = snippets().filter(({ uses = '' }) => uses.startsWith('org/tokenledger-actions/'))
    expect(steps.length).toBeGreaterThanOrEqual(4)
    for (const { uses = '', with: given = {} } of steps) {
      const declared = Object.keys(
        contractOf(uses.replace(/^org\/tokenledger-actions\/(.+)@v1$/, '$1')).inputs ?? {},
      )
      expect(Object.keys(given).filter(name => !declared.includes(name))).toEqual([])
    }
  })

  it('names in its text no setting that none of our actions has', () => {
    const known = new Set(
      ['setup-uv-python', 'coverage-upload-gate', 'changelog-release', 'version-bump'].flatMap(action =>
        Object.keys(contractOf(`actions/${action}`).inputs ?? {}),
      ),
    )
    const prose = page.replace(/^```[\s\S]*?^```/gm, '').replace(/^\|.*$/gm, '')
    const settings = [...prose.matchAll(/`([a-z][a-z-]+): [^`]+`/g)].map(match => match[1] ?? '')
    const permissions = ['contents', 'id-token']
    expect(settings.length).toBeGreaterThan(8)
    expect(settings.filter(name => !known.has(name) && !permissions.includes(name))).toEqual([])
  })

  it('links to pages that are there', () => {
    const links = [...page.matchAll(/\]\(([^)#]+)/g)].map(match => match[1] ?? '')
    expect(links.filter(link => !existsSync(join(root, posix.join('docs', link))))).toEqual([])
  })
})

function readTable(block: string): Table[] {
  const [head = '', , ...rows] = block.split('\n').filter(line => line.startsWith('|'))
  const [, , ours = ''] = head.split('|')
  const action = /\(\.\.\/actions\/([\w-]+)\/README\.md\)/.exec(ours)?.[1]
  if (!action) return []
  const cells = rows.map(row => row.split('|')[2] ?? '')
  const names = cells.flatMap(cell => [...cell.matchAll(/`([^`]+)`/g)].map(match => match[1] ?? ''))
  return [{ action, kind: ours.includes('output') ? 'outputs' : 'inputs', names }]
}

function snippets(): Step[] {
  return [...page.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].flatMap(([, text]) => parse(text ?? '') as Step[])
}

function contractOf(folder: string): Action {
  return readYaml<Action>(`${folder}/action.yml`).content
}
