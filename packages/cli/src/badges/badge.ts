/** A picture with a link, in the order of the row. */
export interface Badge {
  /** What it shows: `CI`. */
  readonly subject: string
  readonly markdown: string
}

/** `link` is left out where nothing lies behind the picture. */
export function badge(subject: string, alternative: string, image: string, link?: string): Badge {
  const picture = `![${escaped(alternative)}](${image})`
  return { subject, markdown: link ? `[${picture}](${link})` : picture }
}

/** Text of the project as plain text of Markdown. */
function escaped(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>|~&!]/g, sign => `\\${sign}`)
}

/** Address of a badge of shields.io with fixed text; it reads - and _ as signs of its own. */
export function fixedBadge(label: string, text: string, colour: string): string {
  const [left, right] = [label, text].map(part => component(part.replaceAll('-', '--').replaceAll('_', '__')))
  return `https://img.shields.io/badge/${left}-${right}-${colour}`
}

/** A part of an address; brackets would end the link of Markdown. */
export function component(text: string): string {
  return encodeURIComponent(text).replace(
    /[()!'*]/g,
    sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
