import { allSteps } from '../facts/steps.ts'
import type { Rule } from '../finding.ts'

export const notesByAwk: Rule = {
  id: 'notes-by-awk',
  level: 'warning',
  why: 'A dot of the version is any character for awk and sed, so 1.0.0 finds 1x0.0 too, and a version without a section gives empty notes and a green job.',
  fix: 'Take the notes by changelog-release, which reads the section and ends on an empty one.',
  *find(repository) {
    for (const step of allSteps(repository))
      for (const { at } of step.commands(/\b(?:awk|sed|grep)\b[^\n]*(?:\n[^\n]*){0,4}?\bCHANGELOG/))
        yield { at, message: 'cuts the notes out of the changelog by a pattern' }
  },
}
