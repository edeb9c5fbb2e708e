import { type CliffCall, cliffCalls } from '../facts/git-cliff.ts'
import { allSteps } from '../facts/steps.ts'
import type { Place, Rule } from '../finding.ts'

export const cliffOverwritesChangelog: Rule = {
  id: 'cliff-overwrites-changelog',
  level: 'warning',
  why: 'The changelog of the repository is replaced by the notes of one release, in a checkout that nobody commits.',
  fix: 'Write the notes to another file (`OUTPUT: notes.md`), and add the section to CHANGELOG.md in the commit of the version: version-bump does.',
  *find(repository) {
    for (const call of allSteps(repository).flatMap(cliffCalls)) {
      const at = overwritten(call)
      if (at) yield { at, message: 'writes the notes of one release over CHANGELOG.md' }
    }
  },
}

function overwritten({ step, arguments: args, at }: CliffCall): Place | undefined {
  if (!/--latest|--unreleased|--current|--strip|\s-[lus]\b|\.\./.test(args) || /--prepend|\s-p\b/.test(args))
    return undefined
  const output = step.env('OUTPUT')
  if (output && /^(?:\.\/)?CHANGELOG\.md$/i.test(output.text)) return output.place
  return /(?:-o|--output)[ =]\s*"?(?:\.\/)?CHANGELOG\.md/i.test(args) ? at : undefined
}
