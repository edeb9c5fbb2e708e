import { isLine, wholeNumber } from './whole-number.ts'

const EXIT = -1
const FIRST_OTHER = -2

/**
 * Names of exits as numbers: a line as itself, `exit` as -1, anything else below. One number takes the place of a string of
 * its own for each of the hundred thousands of exits that a large report names.
 */
export class ExitCodes {
  readonly #codes = new Map<string, number>()
  readonly #names: (string | undefined)[] = []

  /** The code of a name as coverage.py gives it: `42` or `exit`. */
  codeOf(name: string): number {
    const line = wholeNumber(name)
    if (isLine(line)) return line
    if (name === 'exit') return EXIT
    return this.#add(name, name)
  }

  /** The code of an exit that can be told from others, but has no name for people. */
  codeOfKey(key: string): number {
    return this.#add(`\0${key}`, undefined)
  }

  /** Undefined for an exit without a name. */
  nameOf(code: number): string | undefined {
    if (code >= 0) return String(code)
    return code === EXIT ? 'exit' : this.#names[FIRST_OTHER - code]
  }

  #add(key: string, name: string | undefined): number {
    const known = this.#codes.get(key)
    if (known !== undefined) return known
    const code = FIRST_OTHER - this.#names.length
    this.#names.push(name)
    this.#codes.set(key, code)
    return code
  }
}
