import { type Grade, gradeOf, type Scale } from './grade.ts'
import { textWidth } from './text-width.ts'

export interface Badge {
  /** What is measured: `coverage`. */
  readonly label: string
  /** 0 to 100, for the colour. */
  readonly percent: number
  /** What is printed, as in the report: `91.20%`. */
  readonly display: string
  readonly scale?: Scale
}

export interface BadgeLook {
  /** `auto` follows the reader's system (default). */
  readonly theme?: 'auto' | 'light' | 'dark'
}

type Colours = Readonly<Record<Grade | 'label', string>>

/** GitHub's own, which white text has a contrast of at least 4.5 on (WCAG 2.2, 1.4.3). */
const LIGHT: Colours = {
  label: '#59636e',
  good: '#1a7f37',
  fair: '#9a6700',
  weak: '#bc4c00',
  poor: '#cf222e',
}
const DARK: Colours = { label: '#3d444d', good: '#1f7f33', fair: '#8f6000', weak: '#b04a0c', poor: '#c93232' }

const SIZE = 11
const PADDING = 6
const HEIGHT = 20

/** A badge as one SVG file that needs nothing else and suits light and dark pages. It says the same to a screen reader. */
export function badgeSvg(
  { label, percent, display, scale }: Badge,
  { theme = 'auto' }: BadgeLook = {},
): string {
  const grade = gradeOf(percent, scale)
  const [left, right] = [part(label), part(display)]
  const width = left.width + right.width
  const name = escapeXml(`${label}: ${display}`)
  const text = (of: Part, x: number) =>
    `<text x="${x + of.width / 2}" y="14" textLength="${of.length}">${escapeXml(of.text)}</text>`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${HEIGHT}" role="img" aria-label="${name}">
<title>${name}</title>
<style>${styleOf(grade, theme)}</style>
<clipPath id="r"><rect width="${width}" height="${HEIGHT}" rx="4"/></clipPath>
<g clip-path="url(#r)"><rect class="l" width="${left.width}" height="${HEIGHT}"/><rect class="v" x="${left.width}" width="${right.width}" height="${HEIGHT}"/></g>
<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="${SIZE}">${text(left, 0)}${text(right, left.width)}</g>
</svg>
`
}

interface Part {
  readonly text: string
  readonly length: number
  readonly width: number
}

function part(text: string): Part {
  const length = Math.round(textWidth(text, SIZE))
  return { text, length, width: length + 2 * PADDING }
}

function styleOf(grade: Grade, theme: 'auto' | 'light' | 'dark'): string {
  const rules = (colours: Colours) => `.l{fill:${colours.label}}.v{fill:${colours[grade]}}`
  if (theme !== 'auto') return rules(theme === 'light' ? LIGHT : DARK)
  return `${rules(LIGHT)}@media(prefers-color-scheme:dark){${rules(DARK)}}`
}

/** XML 1.0 has no control characters but tab and line ends, not even as references. */
function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/\p{Cc}|[\ufffe\uffff]/gu, ' ')
    .replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)
}
