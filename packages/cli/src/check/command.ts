import type { Command } from '../command.ts'

export const check: Command = { summary: '', usage: '', run: async () => 0 }
