import type { Command } from './command.ts'

/** Every command by its word. Each is loaded only when it is called. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  run: async () => (await import('./run/command.ts')).run,
  check: async () => (await import('./check/command.ts')).check,
  protect: async () => (await import('./protect/command.ts')).protect,
  init: async () => (await import('./init/command.ts')).init,
  badges: async () => (await import('./badges/command.ts')).badges,
}
