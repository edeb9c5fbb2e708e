import type { Concern } from './job.ts'
import type { Layout } from './layout.ts'
import { mentionOf, mentionOfFolder } from './mention.ts'
import type { Reader } from './readers.ts'

/** Tests of documentation. */
const READS_PROSE = /doctest|sybil|codeblock|markdown|mkdocs|sphinx|nbval|pytest_examples|mktestdocs/i
/** Tests that go through all files there are. */
const READS_ALL = /ls-files|\bwalk\(|glob\(\s*[rbf]*["']\*{1,2}(?:\/\*{0,2})?["']/i

/**
 * The first reader that may read one of these files (paths in the repository, all of one kind), by what it concerns. Files of the
 * dashboard have to be reached over its folder; documentation may be read by any name.
 */
export function readersFound(
  paths: readonly string[],
  kind: 'prose' | 'dashboard',
  readers: readonly Reader[],
  { project, dashboard = '' }: Layout,
): Map<Concern, string> {
  const inner = paths.map(path => (path.startsWith(project) ? path.slice(project.length) : path))
  const mention = (style: Reader['style']) =>
    kind === 'prose'
      ? mentionOf(inner, style)
      : mentionOfFolder(dashboard.slice(project.length), inner, style)
  const mentionIn = { code: mention('code'), settings: mention('settings') }
  const found = new Map<Concern, string>()
  if (paths.length === 0) return found
  for (const { name, style, concerns, text, isOfTests } of readers) {
    if (concerns.every(concern => found.has(concern))) continue
    const doubts = [
      ...(isOfTests ? [READS_ALL, ...(kind === 'prose' ? [READS_PROSE] : [])] : []),
      mentionIn[style],
    ]
    const said = text === undefined ? name : doubts.map(doubt => doubt.exec(text)?.[0]).find(Boolean)
    if (said === undefined) continue
    const why = `${name} may read it (${said.replace(/\s+/g, ' ')})`
    for (const concern of concerns) if (!found.has(concern)) found.set(concern, why)
  }
  return found
}
