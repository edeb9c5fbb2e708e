import type { CliffContext, CliffEntry } from './cliff-context.ts'

/** Percent-encoded: then a postprocessor that rewrites the text of the notes leaves it as it is, or it shows. */
const COMMIT = [
  '"id":"{{ c.id }}","conventional":{{ c.conventional }}',
  '"group":"{% if c.group %}{{ c.group | urlencode_strict }}{% endif %}"',
  '"breaking":{% if c.breaking %}true',
  '"scope":"{% if c.scope %}{{ c.scope | urlencode_strict }}{% endif %}"',
  '"message":"{{ c.message | urlencode_strict }}"',
  '"breaking_description":"{{ c.breaking_description | urlencode_strict }}"{% else %}false{% endif %}',
].join(',')

/**
 * A header that lists the commits. It is a template that gets every commit after all parsing, no notes have the user's, and a
 * variable of the environment sets it (git-cliff-core, config.rs: `GIT_CLIFF__<table>__<key>`). So one run gives the commits and
 * then the text. A second one for `--context` would read the history twice; and to render from a context takes git-cliff 0.4 s
 * more for 10,000 commits by its standard input, and 4 s from a file, which it reads byte by byte.
 */
export function headerAsking(mark: string): Readonly<Record<string, string>> {
  const commits = `{% for c in release.commits %}{ ${COMMIT} }{% if not loop.last %},{% endif %}{% endfor %}`
  const releases = `{% for release in releases %}{"commits":[${commits}]}{% if not loop.last %},{% endif %}{% endfor %}`
  return { GIT_CLIFF__CHANGELOG__HEADER: `${mark}[${releases}]${mark}` }
}

/** What {@link headerAsking} asked for, and the text after it; undefined when postprocessors have rewritten the answer. */
export function answerIn(
  output: string,
  mark: string,
): { readonly body: string; readonly context: CliffContext } | undefined {
  const [before, answer, body] = output.split(mark)
  if (before?.trim() !== '' || answer === undefined || body === undefined) return undefined
  try {
    const context = (JSON.parse(answer) as CliffContext).map(({ commits }) => ({
      commits: commits.map(decoded),
    }))
    return { body, context }
  } catch {
    return undefined
  }
}

function decoded({ id, conventional, breaking = false, ...texts }: CliffEntry): CliffEntry {
  if (!/^[0-9a-f]{40,64}$/.test(id)) throw new Error(`${id} is no hash`)
  const decode = (text: string | null | undefined) => decodeURIComponent(text ?? '')
  return {
    ...{ id, conventional, breaking },
    ...{ group: decode(texts.group), scope: decode(texts.scope), message: decode(texts.message) },
    breaking_description: decode(texts.breaking_description),
  }
}
