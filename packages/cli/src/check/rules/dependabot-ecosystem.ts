import { filterPattern, type Glob } from '../../workflows/glob.ts'
import type { Rule, Spot } from '../finding.ts'
import type { YamlItem } from '../model/yaml-item.ts'
import type { Repository } from '../repository.ts'

export const dependabotEcosystem: Rule = {
  id: 'dependabot-ecosystem',
  level: 'warning',
  why: 'What Dependabot does not look at stays at its old version, with its known holes, until somebody thinks of it.',
  fix: 'Add an entry under `updates:` with this `package-ecosystem` and `directory`.',
  *find(repository) {
    const updates = repository.dependabot?.get('updates')
    if (!repository.dependabot) return
    const at = (updates ?? repository.dependabot).place
    const entries = updates?.elements() ?? []
    for (const { ecosystems, directory, because } of wanted(repository))
      if (!entries.some(entry => covers(entry, ecosystems, directory)))
        yield { at, message: `no entry for ${ecosystems.join(' or ')} in ${directory}, which has ${because}` }
    yield* pipForUv(entries, repository)
  },
}

interface Wanted {
  readonly ecosystems: readonly string[]
  readonly directory: string
  readonly because: string
}

function wanted({ files, workflows, pyproject }: Repository): Wanted[] {
  const python = files.includes('uv.lock') ? 'uv.lock' : pyproject ? 'pyproject.toml' : undefined
  return [
    ...(workflows.length > 0
      ? [{ ecosystems: ['github-actions'], directory: '/', because: 'workflows' }]
      : []),
    ...(python ? [{ ecosystems: ['uv', 'pip'], directory: '/', because: python }] : []),
    ...files
      .filter(path => /(?:^|\/)package-lock\.json$/.test(path) && !path.includes('fixtures/'))
      .map(path => ({
        ecosystems: ['npm'],
        directory: `/${path.split('/').slice(0, -1).join('/')}`,
        because: path,
      })),
  ]
}

function covers(entry: YamlItem, ecosystems: readonly string[], directory: string): boolean {
  const named = [
    ...(entry.get('directory')?.elements() ?? []),
    ...(entry.get('directories')?.elements() ?? []),
  ]
  // For workflows the root and their own folder mean the same.
  const folders = named.map(({ text }) => (text === '/.github/workflows' ? '/' : text))
  return (
    ecosystems.includes(entry.get('package-ecosystem')?.text ?? '') &&
    folders.some(folder => glob(folder)(directory))
  )
}

/** Dependabot knows `*` and `**` alone; every other sign means itself. */
function glob(folder: string): Glob {
  const plain = folder.replace(/^\/?|\/$/g, '').replace(/[?+[\]\\]/g, '\\$&')
  return filterPattern(`/${plain.replaceAll('**/', '**')}`)
}

function* pipForUv(entries: readonly YamlItem[], { files }: Repository): Iterable<Spot> {
  if (!files.includes('uv.lock') || entries.some(entry => entry.get('package-ecosystem')?.text === 'uv'))
    return
  for (const entry of entries) {
    const ecosystem = entry.get('package-ecosystem')
    if (ecosystem?.text === 'pip')
      yield {
        at: ecosystem.place,
        message: 'pip does not update uv.lock',
        fix: 'Write `package-ecosystem: uv`.',
      }
  }
}
