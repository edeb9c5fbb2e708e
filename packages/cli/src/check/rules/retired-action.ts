import { allSteps } from '../facts/steps.ts'
import type { Level, Rule } from '../finding.ts'
import type { YamlItem } from '../model/yaml-item.ts'

interface Retired {
  readonly action: string
  /** Major versions that are meant; all of them when it is left out. */
  readonly below?: number
  readonly level: Level
  readonly reason: string
  readonly fix: string
}

const RETIRED: readonly Retired[] = [
  {
    action: 'orhun/git-cliff-action',
    below: 4,
    level: 'warning',
    reason: 'is a Docker action that installs packages by apt-get on every run',
    fix: 'Use changelog-release, or version 4 and later.',
  },
  ...['actions/upload-artifact', 'actions/download-artifact'].map(action => ({
    action,
    below: 4,
    level: 'error' as const,
    reason: 'talks to a service that GitHub has turned off',
    fix: 'Use version 4 or later.',
  })),
  ...['actions/create-release', 'actions/upload-release-asset'].map(action => ({
    action,
    level: 'warning' as const,
    reason: 'is archived: nobody mends it any more',
    fix: 'Use changelog-release, or `gh release create`.',
  })),
]

export const retiredAction: Rule = {
  id: 'retired-action',
  level: 'warning',
  why: 'An action of an old generation is slow, unsafe, or refused by GitHub.',
  fix: 'Use a version that is maintained.',
  *find(repository) {
    for (const step of allSteps(repository)) {
      const entry = RETIRED.find(({ action }) => action === step.action)
      const uses = step.item.get('uses')
      if (!entry || !uses || step.uses?.kind !== 'remote') continue
      const major = Number(
        /^v?(\d+)/.exec(step.uses.ref.length === 40 ? versionBeside(uses) : step.uses.ref)?.[1],
      )
      if (entry.below === undefined || major < entry.below)
        yield { at: uses.place, message: `${uses.text} ${entry.reason}`, level: entry.level, fix: entry.fix }
    }
  },
}

/** The version in the comment after a SHA. */
function versionBeside({ line }: YamlItem): string {
  return /#\s*(v?\d\S*)/.exec(line)?.[1] ?? ''
}
