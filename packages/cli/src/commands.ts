import type { Command } from './command.ts'

/** Every command by its word. Each is loaded only when it is called. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  check: async () => (await import('./check/command.ts')).check,
}
