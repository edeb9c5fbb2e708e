import { type BumpFile, bumpSettings } from '../facts/bumpversion.ts'
import type { Rule } from '../finding.ts'
import type { Repository } from '../repository.ts'

export const bumpversionSearch: Rule = {
  id: 'bumpversion-search',
  level: 'error',
  why: 'bump-my-version edits file after file and stops at the first that lacks its text, with the files before it already changed.',
  fix: 'Name only files that hold the version, by the text as it stands there; without a static version leave pyproject.toml out.',
  *find(repository) {
    const { pyproject } = repository
    const settings = pyproject && bumpSettings(pyproject)
    if (!pyproject || !settings?.currentVersion) return
    for (const file of settings.files) {
      const message = problem(file, settings.currentVersion, repository)
      const part = message?.includes('does not exist') ? 'filename' : 'search'
      if (message) yield { at: pyproject.place('tool', 'bumpversion', 'files', file.index, part), message }
    }
  },
}

function problem(
  { filename, search, regex }: BumpFile,
  version: string,
  repository: Repository,
): string | undefined {
  if (filename.includes('{')) return undefined
  const text = repository.read(filename)
  if (text === undefined) return `${filename} does not exist`
  // A pattern is the tool's own dialect, and may well fit what is not visible here.
  if (regex) return undefined
  const wanted = search.replaceAll('{current_version}', version)
  const others = text
    .split('\n')
    .filter(line => !/^\s*current_version\s*=/.test(line))
    .join('\n')
  if (others.includes(wanted)) return undefined
  return text.includes(wanted)
    ? `\`${wanted}\` stands in ${filename} only as the end of \`current_version\``
    : `\`${wanted}\` is not in ${filename}`
}
