import type { Position } from '../problem.ts'

export function positionAt(_text: string, _offset: number): Position {
  throw new Error('not built yet')
}

export function offsetOfCharacter(_text: string, _character: number): number {
  throw new Error('not built yet')
}

export function excerptAt(_text: string, _position: Position): string {
  throw new Error('not built yet')
}
