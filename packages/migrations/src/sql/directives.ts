export function isTransactional(_text: string): boolean {
  throw new Error('not built yet')
}
