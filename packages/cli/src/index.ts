export type { Command, Terminal } from './command.ts'
export { commands } from './commands.ts'
