/** The line above each object in pg_dump's output. */
const ENTRY = /^--\n-- (?:Name: .*; Type: .*; Schema: .*|PostgreSQL database dump(?: complete)?)\n--\n/gm

/** Settings of the session that pg_dump's script runs in, at the start and between objects. */
const SETTING = /^(?:SET \w+ = .*;|SELECT pg_catalog\.set_config\('search_path', '', false\);)$/

/** Only the first and the last such line are pg_dump's own (CVE-2025-8714). */
const RESTRICTION = /^\\(?:un)?restrict \S+$/

/**
 * The objects of a dump: without headings, settings, `\restrict` and the versions that differ between computers. Comments
 * and settings inside of a function's body stay as they are.
 */
export function normaliseDump(dump: string): string {
  const [head = '', ...objects] = dump.replaceAll('\r\n', '\n').split(ENTRY)
  const preamble = stripSettings(head)
  const blocks = [preamble, ...objects.map(stripSettings)].filter(Boolean)
  return blocks.map(block => `${block}\n`).join('\n')
}

/** Removes lines that are no part of the object from the start and the end of what stands between two headings. */
function stripSettings(block: string): string {
  const lines = block.split('\n')
  const noise = (line: string | undefined) =>
    line !== undefined &&
    (line === '' ||
      SETTING.test(line) ||
      RESTRICTION.test(line) ||
      /^-- (?:Dumped (?:from|by) |Rendered by )/.test(line) ||
      line === '--')
  while (noise(lines[0])) lines.shift()
  while (noise(lines.at(-1))) lines.pop()
  return lines.join('\n')
}
