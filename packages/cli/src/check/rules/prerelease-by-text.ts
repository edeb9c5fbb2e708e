import { allSteps } from '../facts/steps.ts'
import type { Rule } from '../finding.ts'

export const prereleaseByText: Rule = {
  id: 'prerelease-by-text',
  level: 'warning',
  why: 'v1.0.0a1, v1.0.0rc1 and v1.0.0.dev1 are prereleases and hold no `-alpha`; v1.0.0-beta-docs holds one and is no version.',
  fix: 'Parse the version by PEP 440: a prerelease is what has a pre or dev part. changelog-release does so by itself.',
  *find(repository) {
    for (const step of allSteps(repository)) {
      const flags = [step.with('prerelease'), step.with('make_latest')].filter(flag => flag !== undefined)
      for (const flag of flags)
        if (/\b(?:contains|endsWith|startsWith)\(/.test(flag.text))
          yield { at: flag.place, message: `decides by a part of the tag's text whether it is a prerelease` }
      const command = step.commands(/\*(?:-?(?:alpha|beta|rc|a|b))\*[^\n]*/)[0]
      if (command && step.says(/prerelease/))
        yield { at: command.at, message: `decides by a part of the tag's text whether it is a prerelease` }
    }
  },
}
