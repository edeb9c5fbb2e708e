import { allSteps } from '../facts/steps.ts'
import type { Rule } from '../finding.ts'

export const fixedDelimiter: Rule = {
  id: 'fixed-delimiter',
  level: 'warning',
  why: 'A line of the text that is the delimiter ends the value early, and what follows becomes outputs or environment of the job.',
  fix: 'Use a random delimiter: `delimiter="$(openssl rand -hex 16)"`, or write the text to a file and pass its path.',
  *find(repository) {
    for (const step of allSteps(repository)) {
      if (!step.says(/GITHUB_(?:OUTPUT|ENV)/)) continue
      for (const { at, match } of step.commands(/\becho\s+["']?[\w-]+<<-?["']?(\w+)/))
        yield { at, message: `ends a text of several lines by the fixed delimiter '${match[1]}'` }
    }
  },
}
