/** Advance widths of DejaVu Sans in thousandths of its size, whose outlines are as wide as Verdana's to a few percent. */
const WIDTHS: readonly (readonly [width: number, characters: string])[] = [
  [275, "'"],
  [278, 'ijl'],
  [295, 'IJ'],
  [318, ' ,.'],
  [337, '/:;\\|'],
  [361, 'f-'],
  [392, 't()[]'],
  [411, 'r!'],
  [500, '*_`"'],
  [525, 'sz?'],
  [557, 'cLF'],
  [592, 'kvxy'],
  [613, 'aoePTY'],
  [635, 'bdghnpquSE$0123456789{}'],
  [690, 'ABKVXZRC'],
  [755, 'UNHDG&'],
  [787, 'OQ'],
  [818, 'w'],
  [838, '#+<=>^~'],
  [863, 'M'],
  [980, '%mW@'],
]

const BY_CHARACTER = new Map(
  WIDTHS.flatMap(([width, characters]) => [...characters].map(character => [character, width])),
)
/** Ideographs and emoji fill their square. */
const OTHER = 1000

/** How wide a text is in `size` px of a font like Verdana, in px. A viewer with another font is made to keep to it. */
export function textWidth(text: string, size: number): number {
  let width = 0
  for (const character of text) {
    const [letter = ''] = character.normalize('NFD')
    width += BY_CHARACTER.get(letter) ?? OTHER
  }
  return (width * size) / 1000
}
