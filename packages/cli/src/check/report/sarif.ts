import type { Finding, Rule } from '../finding.ts'
import type { Sorted } from '../mutes.ts'

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json'
const ROOT = '%SRCROOT%'

/** A SARIF 2.1.0 log as code scanning takes it: one run, every rule described, muted findings as suppressed ones. */
export function sarifReport({ findings, muted }: Sorted, rules: readonly Rule[]): string {
  const described = rules.map(describe)
  const all = [...described, ...undescribed(findings, described)]
  const index = new Map(all.map(({ id }, position) => [id, position]))
  const driver = { name: 'tokenledger-actions check', rules: all }
  const results = [
    ...findings.map(finding => result(finding, index)),
    ...muted.map(finding => ({
      ...result(finding, index),
      suppressions: [{ kind: 'inSource', justification: finding.reason }],
    })),
  ]
  const run = { tool: { driver }, columnKind: 'utf16CodeUnits', results }
  return JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, null, 2)
}

type Described = Pick<Rule, 'id' | 'level' | 'why' | 'fix'>

function describe({ id, level, why, fix }: Described) {
  return {
    id,
    shortDescription: { text: firstSentence(why) },
    fullDescription: { text: why },
    help: { text: `${why}\n\n${fix}`, markdown: `${why}\n\n**Fix:** ${fix}` },
    defaultConfiguration: { level },
  }
}

/** The comments' own finding is no rule, but a result has to name one. */
function undescribed(findings: readonly Finding[], described: readonly { id: string }[]) {
  const missing = findings.find(({ rule }) => !described.some(({ id }) => id === rule))
  return missing ? [describe({ ...missing, id: missing.rule })] : []
}

function result(finding: Finding, index: ReadonlyMap<string, number>) {
  const { rule, level, message, fix, path, line, column } = finding
  return {
    ruleId: rule,
    ruleIndex: index.get(rule) ?? -1,
    level,
    message: { text: `${message}. ${fix}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(path), uriBaseId: ROOT },
          region: { startLine: line, startColumn: column },
        },
      },
    ],
  }
}

function firstSentence(text: string): string {
  return /^.*?[.!?](?=\s|$)/s.exec(text)?.[0] ?? text
}
