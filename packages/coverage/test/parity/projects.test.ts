import { beforeAll, describe, expect, it } from '@jest/globals'
import { tempDir } from '@tokenledger/testkit'
import { mergeReports, type ResolvedReport } from '../../src/merge/merge-reports.ts'
import type { CoverageReport } from '../../src/model/report.ts'
import { resolvePaths } from '../../src/paths/resolve-paths.ts'
import { readReport } from '../../src/read/read-report.ts'
import { countedTotals } from '../../src/totals/counted-totals.ts'
import { crossCheck } from '../../src/totals/cross-check.ts'
import { displayPercent, percentOf } from '../../src/totals/percent.ts'
import { askCoveragePy } from './coverage-py.ts'

/** What coverage.py says of one run, or of several that it combined. */
interface Said {
  readonly xml: string
  readonly json: string
  /** `percent_covered` of `coverage json`. */
  readonly percent: number
  /** TOTAL of `coverage report` at the precisions 0 to 3. */
  readonly displayed: readonly string[]
}

interface Project {
  readonly kind: string
  readonly folder: string
  readonly files: readonly string[]
  readonly legs: readonly Said[]
  readonly combined: Said | null
}

type Kind = 'xml' | 'json'
const KINDS: readonly Kind[] = ['xml', 'json']

let projects: readonly Project[]

beforeAll(() => {
  projects = askCoveragePy<Project[]>('projects.py', tempDir('projects-'), '52')
})

const read = ({ folder }: Project, said: Said, kind: Kind) => {
  return readReport(`${folder}/${said[kind]}`, { shownAs: said[kind], format: 'auto' })
}

function resolved({ files, folder }: Project, report: CoverageReport): ResolvedReport {
  const tree = { tracked: new Set(files), workspace: folder, workingDirectory: '', pathMap: [], exclude: [] }
  const { files: byPath, unresolved } = resolvePaths(report, tree)
  expect(unresolved).toEqual([])
  return { path: report.path, format: report.format, files: byPath }
}

/** What we make of reports, in the words of coverage.py. */
function ours(project: Project, reports: readonly CoverageReport[]): Pick<Said, 'percent' | 'displayed'> {
  const merged = mergeReports(reports.map(report => resolved(project, report)))
  expect(merged.disagreements).toEqual([])
  const percent = percentOf(countedTotals(reports, merged, 0).totals)
  return { percent, displayed: [0, 1, 2, 3].map(precision => displayPercent(percent, precision)) }
}

const theirs = ({ percent, displayed }: Said) => ({ percent, displayed })

/** Whether the XML of a run has lost a file: two of the same name in the same package of different roots. */
const losesFiles = ({ kind }: Project) => kind === 'same names'

describe('generated projects, measured by coverage.py', () => {
  it('are of every kind', () => {
    expect(new Set(projects.map(({ kind }) => kind)).size).toBe(9)
    expect(projects.length).toBeGreaterThanOrEqual(40)
  })

  it.each(KINDS)('have the total of `coverage report` and `coverage json` by their %s', async kind => {
    for (const project of projects) {
      for (const leg of project.legs) {
        expect({ in: project.folder, ...ours(project, [await read(project, leg, kind)]) }).toEqual({
          in: project.folder,
          ...theirs(leg),
        })
      }
    }
  })

  it.each(KINDS)('have the total of `coverage combine` when the %s of their legs are merged', async kind => {
    let compared = 0
    for (const project of projects) {
      if (!project.combined || (kind === 'xml' && losesFiles(project))) continue
      const reports = await Promise.all(project.legs.map(leg => read(project, leg, kind)))
      const { folder } = project
      expect({ folder, ...ours(project, reports) }).toEqual({ folder, ...theirs(project.combined) })
      compared++
    }
    expect(compared).toBeGreaterThan(25)
  })

  it('are all told of when the XML lists fewer files than the JSON, and no others', async () => {
    const lost = new Set<string>()
    for (const project of projects) {
      for (const said of [...project.legs, ...(project.combined ? [project.combined] : [])]) {
        const [xml, json] = await Promise.all(KINDS.map(kind => read(project, said, kind)))
        if (!xml || !json) continue
        expect(crossCheck(json)).toBeUndefined()
        const message = crossCheck(xml)?.message
        if (xml.files.size === json.files.size) expect(message).toBeUndefined()
        else {
          expect(message).toContain('coverage.py drops files of the same name')
          lost.add(project.kind)
        }
      }
    }
    expect([...lost]).toEqual(['same names'])
  })

  it('have an ambiguous name where a file is lost, instead of the wrong file', async () => {
    for (const project of projects.filter(losesFiles)) {
      const [leg] = project.legs
      if (!leg) continue
      const report = await read(project, leg, 'xml')
      const tree = {
        tracked: new Set(project.files),
        workspace: project.folder,
        workingDirectory: '',
        pathMap: [],
        exclude: [],
      }
      expect(resolvePaths(report, tree).ambiguous).toEqual([
        { name: 'shop/models.py', candidates: ['lib/shop/models.py', 'src/shop/models.py'] },
      ])
    }
  })

  it('have merged legs that differ from the best single leg, so that merging matters', () => {
    const gained = projects.filter(({ legs, combined }) => {
      return combined && legs.every(({ percent }) => percent < combined.percent)
    })
    expect(gained.length).toBeGreaterThan(20)
  })
})
