/** Text of a file, a server or a person as plain text of a summary: its characters are not our markup. */
export function asText(text: string): string {
  return text.replace(/[&*_<>`[\]~]/g, character => `&#${character.charCodeAt(0)};`)
}

/** A name as code on one line; a backtick cannot be escaped inside code, so it becomes an apostrophe. */
export function asCode(text: string): string {
  return text ? `\`${text.replaceAll('`', "'").replace(/\s+/g, ' ')}\`` : '–'
}

/** Lines as a block of code; its fence is longer than any inside. */
export function asBlock(text: string, language = ''): string {
  const inside = Math.max(0, ...(text.match(/`{3,}/g) ?? []).map(run => run.length))
  const fence = '`'.repeat(Math.max(3, inside + 1))
  return `${fence}${language}\n${text.trimEnd()}\n${fence}`
}

/** `1 migration`, `2 migrations`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`
}
