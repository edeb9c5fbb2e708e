import { beforeAll, describe, expect, it } from '@jest/globals'
import { rules } from '../../src/check/rules/index.ts'
import { report, runCheck, seedCheckout } from './checking.ts'

interface Text {
  readonly text: string
}

interface Log {
  readonly $schema: string
  readonly version: string
  readonly runs: readonly {
    readonly tool: {
      readonly driver: {
        readonly name: string
        readonly rules: readonly {
          readonly id: string
          readonly shortDescription: Text
          readonly fullDescription: Text
          readonly help: Text & { readonly markdown: string }
          readonly defaultConfiguration: { readonly level: string }
        }[]
      }
    }
    readonly columnKind: string
    readonly results: readonly {
      readonly ruleId: string
      readonly ruleIndex: number
      readonly level: string
      readonly message: Text
      readonly locations: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string; readonly uriBaseId: string }
          readonly region: { readonly startLine: number; readonly startColumn: number }
        }
      }[]
      readonly suppressions?: readonly { readonly kind: string; readonly justification: string }[]
    }[]
  }[]
}

const LEVELS = ['none', 'note', 'warning', 'error']
let log: Log
let folder = ''

beforeAll(async () => {
  folder = seedCheckout()
  log = JSON.parse((await runCheck(folder, '--format', 'sarif')).printed)
})

describe('the SARIF log', () => {
  it('says its version and has one run with a tool', () => {
    expect(log.version).toBe('2.1.0')
    expect(log.$schema).toMatch(/sarif-2\.1\.0\.json$/)
    expect(log.runs).toHaveLength(1)
    expect(log.runs[0]?.tool.driver.name).toBe('tokenledger-actions check')
    expect(log.runs[0]?.columnKind).toBe('utf16CodeUnits')
  })

  it('describes every rule once, with texts and a level that exists', () => {
    const described = log.runs[0]?.tool.driver.rules ?? []
    expect(described.map(({ id }) => id)).toEqual(rules.map(({ id }) => id))
    expect(new Set(described.map(({ id }) => id)).size).toBe(described.length)
    for (const { shortDescription, fullDescription, help, defaultConfiguration } of described) {
      for (const { text } of [shortDescription, fullDescription, help]) expect(text).toMatch(/\S/)
      expect(help.markdown).toContain('**Fix:** ')
      expect(LEVELS).toContain(defaultConfiguration.level)
    }
  })

  it('has a result for each finding, with its rule, level, message and place', async () => {
    const { findings } = await report(folder)
    const run = log.runs[0]
    expect(findings.length).toBeGreaterThan(50)
    expect(run?.results).toHaveLength(findings.length)
    for (const { ruleId, ruleIndex, level, message, locations } of run?.results ?? []) {
      expect(run?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId)
      expect(LEVELS).toContain(level)
      expect(message.text).toMatch(/\S/)
      expect(locations).toHaveLength(1)
    }
  })

  it('points at files by relative addresses and at lines from 1', () => {
    for (const { locations } of log.runs[0]?.results ?? []) {
      const { artifactLocation, region } = locations[0]?.physicalLocation ?? {}
      expect(artifactLocation).toEqual({
        uri: expect.stringMatching(/^[^/\\ ][^\\ ]*$/),
        uriBaseId: '%SRCROOT%',
      })
      expect(Number.isInteger(region?.startLine) && Number.isInteger(region?.startColumn)).toBe(true)
      expect(Math.min(region?.startLine ?? 0, region?.startColumn ?? 0)).toBeGreaterThan(0)
    }
  })
})
