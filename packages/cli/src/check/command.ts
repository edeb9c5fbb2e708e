import { resolve } from 'node:path'
import type { Command } from '../command.ts'
import type { Level } from './finding.ts'
import type { Sorted } from './mutes.ts'
import { type CheckOptions, type Format, readOptions, USAGE } from './options.ts'
import { besides } from './report/besides.ts'
import { jsonReport } from './report/json.ts'
import { sarifReport } from './report/sarif.ts'
import { textReport } from './report/text.ts'
import { openRepository } from './repository.ts'
import { rules } from './rules/index.ts'
import { runRules } from './run-rules.ts'

const REPORTS: Readonly<Record<Format, (result: Sorted) => string>> = {
  text: textReport,
  json: jsonReport,
  sarif: result => sarifReport(result, rules),
}

export const check: Command = {
  summary: 'finds what is broken or unsafe in workflows and release settings, with the fix',
  usage: USAGE,
  async run(args, { cwd, print, say }) {
    const options = readOptions(args)
    const repository = await openRepository(resolve(cwd, options.path))
    const result = runRules(repository, rules)
    print(REPORTS[options.format](result))
    for (const line of besides(repository)) say(line)
    return exitCode(result, options)
  },
}

function exitCode({ findings }: Sorted, { strict }: CheckOptions): number {
  const counts: readonly Level[] = strict ? ['error', 'warning'] : ['error']
  return findings.some(({ level }) => counts.includes(level)) ? 1 : 0
}
