import type { CliffContext } from './cliff-context.ts'

/**
 * The footer is the one template that gets every commit after all parsing, once, and a variable of the environment can set it
 * (git-cliff-core, config.rs: `GIT_CLIFF__<table>__<key>`). So one run gives the text and, at its end, the commits. A second
 * run for `--context` would read the history twice, and to render from a context takes git-cliff 0.4 s for 10,000 commits by
 * its standard input, and 4 s from a file, which it reads byte by byte.
 */
export function footerAsking(mark: string): Readonly<Record<string, string>> {
  const commit = [
    '"id":{{ c.id | json_encode }},"conventional":{{ c.conventional }}',
    '"group":{% if c.group %}{{ c.group | json_encode }}{% else %}null{% endif %}',
    '"scope":{% if c.scope %}{{ c.scope | json_encode }}{% else %}null{% endif %}',
    '"breaking":{% if c.breaking %}true,"message":{{ c.message | json_encode }},"breaking_description":{{ c.breaking_description | json_encode }}{% else %}false,"message":""{% endif %}',
  ].join(',')
  const commits = `{% for c in release.commits %}{ ${commit} }{% if not loop.last %},{% endif %}{% endfor %}`
  const releases = `{% for release in releases %}{"commits":[${commits}]}{% if not loop.last %},{% endif %}{% endfor %}`
  return { GIT_CLIFF__CHANGELOG__FOOTER: `${mark}[${releases}]` }
}

/** Whether a configuration has no footer of its own, and nothing that rewrites what templates give. */
export function isFooterFree(config: string): boolean {
  return !/\bfooter["']?\s*=|\bpostprocessors\b/.test(config)
}

/** The text, and what {@link footerAsking} asked for. */
export function answerIn(output: string, mark: string): { body: string; context: CliffContext } {
  const at = output.lastIndexOf(mark)
  return {
    body: output.slice(0, at),
    context: JSON.parse(output.slice(at + mark.length)) as CliffContext,
  }
}
