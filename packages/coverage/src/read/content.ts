/** What a file holds by its first bytes. */
export type Content = 'xml' | 'json' | 'lcov' | 'go'

/** Signatures of what people give in place of a report, by the first bytes. */
const FOREIGN: readonly (readonly [bytes: readonly number[] | string, what: string])[] = [
  [[0x1f, 0x8b], 'is compressed with gzip. Unpack it before this step (gunzip).'],
  ['PK\x03\x04', 'is a zip archive. Unpack it before this step, or give the report that is in it.'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'is compressed with zstd. Unpack it before this step (unzstd).'],
  [
    'SQLite format 3\0',
    'is the data file of coverage.py, not a report. Run "coverage xml" and give coverage.xml.',
  ],
  [[0xff, 0xfe, 0, 0], 'is UTF-32 (little endian). Write it as UTF-8.'],
  [[0, 0, 0xfe, 0xff], 'is UTF-32 (big endian). Write it as UTF-8.'],
  [[0xff, 0xfe], 'is UTF-16 (little endian; PowerShell\'s ">" writes that). Write it as UTF-8.'],
  [[0xfe, 0xff], 'is UTF-16 (big endian). Write it as UTF-8.'],
]

const HTML = /^<(?:!DOCTYPE\s+html|html)[\s>]/i
/** The records of geninfo(1), version 2.4, that can come first. */
const LCOV = /^(?:#|(?:TN|SF|VER):)/

/** What a report holds by its first bytes; `wrong`, which goes on after the file's name, when it is no report. */
export function contentOf(head: Buffer): { readonly content: Content } | { readonly wrong: string } {
  const foreign = FOREIGN.find(([bytes]) => startsWith(head, bytes))
  if (foreign) return { wrong: foreign[1] }
  if (head.includes(0)) return { wrong: 'is a binary file, not a coverage report. Check files:.' }
  const text = head
    .toString()
    .replace(/^\uFEFF/, '')
    .trimStart()
  if (HTML.test(text)) {
    return {
      wrong:
        'is an HTML page, not a coverage report. Give the XML (pytest --cov-report=xml), not a page of htmlcov or the answer of a server.',
    }
  }
  if (text.startsWith('<')) return { content: 'xml' }
  if (text.startsWith('{')) return { content: 'json' }
  if (text.startsWith('mode:')) return { content: 'go' }
  if (LCOV.test(text)) return { content: 'lcov' }
  return {
    wrong:
      'is no coverage report that is known here: neither Cobertura, coverage.py\'s JSON, lcov, Clover, JaCoCo nor a Go profile. The text that "coverage report" prints cannot be read; give coverage.xml.',
  }
}

function startsWith(head: Buffer, bytes: readonly number[] | string): boolean {
  const signature = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : Buffer.from(bytes)
  return head.subarray(0, signature.length).equals(signature)
}
