import { gzipSync } from 'node:zlib'

export const GOOD = `<?xml version="1.0" ?>
<coverage version="7.17.3" lines-valid="1" lines-covered="1">
\t<packages><package name="."><classes>
\t\t<class name="a.py" filename="a.py">
\t\t\t<lines>
\t\t\t\t<line number="1" hits="1"/>
\t\t\t</lines>
\t\t</class>
\t</classes></package></packages>
</coverage>
`
const KILLED = 'The test step was probably killed; nothing was gated or uploaded.'
export const withClass = (attributes: string) => GOOD.replace('name="a.py"', attributes)
const utf16 = Buffer.from(`\uFEFF${GOOD}`, 'utf16le')

/** Name, content, and the whole message after the file's name. */
export const REFUSED: readonly (readonly [string, string | Buffer, string])[] = [
  [
    'an empty file',
    '',
    'is empty (0 bytes). The step that writes it probably failed or was killed; nothing was gated or uploaded.',
  ],
  [
    'a file cut in a line',
    GOOD.slice(0, GOOD.indexOf('hits')),
    `is cut off: unclosed tag <lines> at line 6. ${KILLED}`,
  ],
  [
    'a file cut after a line',
    GOOD.slice(0, GOOD.indexOf('\t\t\t</lines>')),
    `is cut off: unclosed tag <lines> at line 6. ${KILLED}`,
  ],
  ['a file cut in its root', GOOD.slice(0, 40), `is cut off: it has no root element at line 2. ${KILLED}`],
  [
    'a file cut before its root',
    GOOD.slice(0, 15),
    `is cut off: it has no root element at line 1. ${KILLED}`,
  ],
  ['a file cut in a comment', `${GOOD}<!-- and`, `is cut off: it ends in the middle at line 11. ${KILLED}`],
  [
    'a file cut in a letter',
    Buffer.concat([Buffer.from(GOOD.slice(0, 120)), Buffer.from([0xc3])]),
    'is not readable at line 3: it is not UTF-8 here (Latin-1 or Windows-1252 perhaps?). Write the report anew; nothing was gated or uploaded.',
  ],
  [
    'declarations of entities',
    '<?xml version="1.0"?>\n<!DOCTYPE coverage [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>\n<coverage>&b;</coverage>',
    'has a DTD with entity declarations (line 2). Refused for safety.',
  ],
  [
    'an external entity, on several lines',
    '<?xml version="1.0"?>\n<!DOCTYPE coverage [\n<!ENTITY a SYSTEM "file:///etc/passwd">\n]>\n<coverage>&a;</coverage>',
    'has a DTD with entity declarations (line 2). Refused for safety.',
  ],
  [
    'other declarations',
    '<!DOCTYPE coverage SYSTEM "x.dtd" [<!ELEMENT coverage ANY>]><coverage/>',
    'has a DTD with declarations of its own (line 1). Refused for safety.',
  ],
  [
    'an entity that is not defined',
    withClass('name="&lol;"'),
    'is not readable at line 4, column 20: an entity that XML does not define. Write the report anew; nothing was gated or uploaded.',
  ],
  [
    '65 elements in each other',
    `<coverage>${'\n<a>'.repeat(64)}`,
    'has elements nested more than 64 deep (line 65). Refused for safety.',
  ],
  [
    'a long attribute',
    withClass(`name="${'x'.repeat(65_537)}"`),
    'has an attribute of more than 64 KiB (line 4). Refused for safety.',
  ],
  [
    'a name of an attribute that is long',
    withClass(`${'x'.repeat(65_537)}="1"`),
    'has an attribute of more than 64 KiB (line 4). Refused for safety.',
  ],
  [
    'an attribute without end',
    GOOD.replace('name="a.py"', `name="${'x'.repeat(3_000_000)}`),
    'has a tag, comment or text of more than 1 MiB (line 4). Refused for safety.',
  ],
  [
    'a comment without end',
    `<coverage><!--${'\n'.repeat(2_000_000)}`,
    'has a tag, comment or text of more than 1 MiB (line 1048563). Refused for safety.',
  ],
  [
    'a tag of many attributes',
    withClass(Array.from({ length: 200_000 }, (_, index) => `a${index}="1"`).join(' ')),
    'has a tag, comment or text of more than 1 MiB (line 4). Refused for safety.',
  ],
  [
    'two reports in one file',
    GOOD + GOOD,
    'is not readable at line 11, column 6: a second XML declaration (two reports written into one file? Give each a file of its own). Write the report anew; nothing was gated or uploaded.',
  ],
  [
    'two roots',
    '<coverage></coverage><coverage></coverage>',
    'is not readable at line 1, column 31: a second root element (two reports written into one file? Give each a file of its own). Write the report anew; nothing was gated or uploaded.',
  ],
  [
    'output of a program after the report',
    `${GOOD}All tests passed.\n`,
    'is not readable at line 12, column 1: text outside of the root element (did a program print into the file?). Write the report anew; nothing was gated or uploaded.',
  ],
  [
    'tags that cross',
    '<coverage><packages></coverage></packages>',
    'is not readable at line 1, column 31: a closing tag that is not the one of the open element. Write the report anew; nothing was gated or uploaded.',
  ],
  [
    'an attribute given twice',
    GOOD.replace('number="1"', 'number="1" number="2"'),
    'is not readable at line 6, column 42: duplicate attribute: number. Write the report anew; nothing was gated or uploaded.',
  ],
  [
    'an HTML page',
    '<!DOCTYPE html>\n<html><head></head></html>',
    'is an HTML page, not a coverage report. Give the XML (pytest --cov-report=xml), not a page of htmlcov or the answer of a server.',
  ],
  [
    "JUnit's XML",
    '<?xml version="1.0"?><testsuites/>',
    "is XML with the root <testsuites>, which no coverage report has (it is JUnit's list of tests). Give files: coverage.xml.",
  ],
  [
    'what coverage report prints',
    'Name    Stmts   Miss  Cover\n---\n',
    'is no coverage report that is known here: neither Cobertura, coverage.py\'s JSON, lcov, Clover, JaCoCo nor a Go profile. The text that "coverage report" prints cannot be read; give coverage.xml.',
  ],
  ['gzip', gzipSync(GOOD), 'is compressed with gzip. Unpack it before this step (gunzip).'],
  [
    'zip',
    'PK\x03\x04....',
    'is a zip archive. Unpack it before this step, or give the report that is in it.',
  ],
  [
    'the data file of coverage.py',
    'SQLite format 3\0....',
    'is the data file of coverage.py, not a report. Run "coverage xml" and give coverage.xml.',
  ],
  ['a binary file', '<cov\0erage>', 'is a binary file, not a coverage report. Check files:.'],
  [
    'UTF-16 with its mark',
    utf16,
    'is UTF-16 (little endian; PowerShell\'s ">" writes that). Write it as UTF-8.',
  ],
  ['UTF-16 the other way', Buffer.from(utf16).swap16(), 'is UTF-16 (big endian). Write it as UTF-8.'],
  ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0]), 'is UTF-32 (little endian). Write it as UTF-8.'],
  [
    'Latin-1',
    Buffer.from(withClass('name="é"'), 'latin1'),
    'is not readable at line 4: it is not UTF-8 here (Latin-1 or Windows-1252 perhaps?). Write the report anew; nothing was gated or uploaded.',
  ],
  [
    'another encoding declared',
    GOOD.replace('version="1.0"', 'version="1.0" encoding="windows-1252"'),
    'is not readable at line 2, column 61: it declares the encoding "windows-1252", and only UTF-8 is read. Write the report anew; nothing was gated or uploaded.',
  ],
  [
    'no files',
    '<coverage lines-valid="0" lines-covered="0"><packages/></coverage>',
    "lists no files, so there is nothing to measure. The tests probably ran without coverage of the project's code; check --cov or [tool.coverage.run] source.",
  ],
]
