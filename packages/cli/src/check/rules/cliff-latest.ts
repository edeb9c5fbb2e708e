import { cliffCalls } from '../facts/git-cliff.ts'
import { allSteps } from '../facts/steps.ts'
import type { Rule } from '../finding.ts'

export const cliffLatest: Rule = {
  id: 'cliff-latest',
  level: 'warning',
  why: '`--latest` takes the newest tag of the repository by time, not the one of the run: a run that is started again, or a fix of an old version, gets the notes of another. A final release has only what came after its last candidate.',
  fix: 'Give the range: `git-cliff "$PREVIOUS..$TAG"` with the last final version as the previous one. changelog-release computes it.',
  *find(repository) {
    for (const call of allSteps(repository).flatMap(cliffCalls))
      if (/(?:^|\s)(?:--latest|-l)\b/.test(call.arguments))
        yield { at: call.at, message: 'takes the notes of whatever tag is the newest (--latest)' }
  },
}
