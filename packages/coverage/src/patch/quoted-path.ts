const ESCAPES: Readonly<Record<string, string>> = {
  ...{ a: '\x07', b: '\b', t: '\t', n: '\n', v: '\v', f: '\f', r: '\r' },
  ...{ '"': '"', '\\': '\\' },
}

/**
 * A path as git prints it. One with control characters, quotes or bytes beyond ASCII comes in double quotes and with the
 * escapes of C, each byte in octal (git-config, `core.quotePath`); every other path comes as it is.
 */
export function unquotePath(text: string): string {
  if (!text.startsWith('"')) return text
  const bytes: Buffer[] = []
  for (const [plain, octal, letter] of text.slice(1, -1).matchAll(/\\(?:([0-7]{3})|(.))|[^\\]+/gs)) {
    if (octal !== undefined) bytes.push(Buffer.from([Number.parseInt(octal, 8)]))
    else bytes.push(Buffer.from(letter === undefined ? plain : (ESCAPES[letter] ?? letter)))
  }
  return Buffer.concat(bytes).toString('utf8')
}
