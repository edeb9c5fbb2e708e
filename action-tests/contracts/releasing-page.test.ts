import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { readYaml, root, type Workflow } from './yaml-files.ts'

const page = readFileSync(join(root, 'docs/releasing.md'), 'utf8')
const { jobs } = readYaml<Workflow>('.github/workflows/self-release.yml').content

describe('docs/releasing.md', () => {
  it('tells of every job in order, each with its rights', () => {
    const told = rowsOf('What happens, in order').map(([job = '', , rights = '']) => [
      /`([\w-]+)/.exec(job)?.[1],
      Object.fromEntries([...rights.matchAll(/`([\w-]+): (\w+)`/g)].map(([, name, level]) => [name, level])),
    ])
    expect(told).toEqual(Object.entries(jobs).map(([id, { permissions }]) => [id, permissions]))
  })

  it('says of every job what its failure means', () => {
    const told = new Set(rowsOf('When a job fails').map(([job = '']) => /`([\w-]+)/.exec(job)?.[1]))
    expect([...told]).toEqual(Object.keys(jobs))
  })

  it('names the settings that the workflow reads, and pages that are there', () => {
    const used = [...JSON.stringify(jobs).matchAll(/(?:vars|secrets)\.(\w+)/g)].map(match => match[1] ?? '')
    expect(used).toHaveLength(2)
    expect(used.filter(name => !page.includes(`\`${name}\``))).toEqual([])
    const links = [...page.matchAll(/\]\(([^)#]+)/g)].map(match => match[1] ?? '')
    expect(links.filter(link => !existsSync(join(root, posix.join('docs', link))))).toEqual([])
  })
})

/** The cells of the table below a heading, without its head. */
function rowsOf(heading: string): string[][] {
  const section = page.split(/^## /m).find(part => part.startsWith(`${heading}\n`)) ?? ''
  const rows = section.split('\n').filter(line => line.startsWith('|'))
  return rows.slice(2).map(row => row.split('|').slice(1, -1))
}
