type Numbers = Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Int32Array<ArrayBuffer>

/** A list of numbers in a typed array that grows. */
export class Column<T extends Numbers> {
  length = 0
  #values: T
  readonly #make: (length: number) => T

  constructor(make: (length: number) => T) {
    this.#make = make
    this.#values = make(16)
  }

  get values(): T {
    return this.#values
  }

  push(value: number): void {
    if (this.length === this.#values.length) this.#grow()
    this.#values[this.length++] = value
  }

  /** The numbers in an array of just their length; the list is empty again. */
  take(): T {
    const taken = this.#values.slice(0, this.length) as T
    this.length = 0
    return taken
  }

  clear(): void {
    this.length = 0
  }

  #grow(): void {
    const larger = this.#make(this.#values.length * 2)
    larger.set(this.#values)
    this.#values = larger
  }
}

export const uint8 = () => new Column(length => new Uint8Array(length))
export const uint32 = () => new Column(length => new Uint32Array(length))
export const int32 = () => new Column(length => new Int32Array(length))
