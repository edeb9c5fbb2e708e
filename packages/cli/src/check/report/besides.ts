import type { Repository } from '../repository.ts'

/** What a person should know, and no file can be blamed for. */
export function besides({ workflows, dependabot, files }: Repository): string[] {
  const renovate = files.some(path => /(?:^|\/)\.?renovate(?:rc)?\.json5?$|(?:^|\/)\.renovaterc$/.test(path))
  return [
    ...(workflows.length === 0 ? ['There is no workflow in .github/workflows; `init` writes some.'] : []),
    ...(dependabot || renovate || workflows.length === 0
      ? []
      : [
          'There is no .github/dependabot.yml, so nothing proposes updates of actions and packages; `init` writes one.',
        ]),
  ]
}
