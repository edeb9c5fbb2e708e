import { parseUses, type Uses } from './uses.ts'
import type { Match, YamlItem } from './yaml-item.ts'

export class Step {
  readonly item: YamlItem

  constructor(item: YamlItem) {
    this.item = item
  }

  get uses(): Uses | undefined {
    const text = this.item.get('uses')?.text
    return text ? parseUses(text) : undefined
  }

  /** `owner/name` or `owner/name/path` of a remote action, in lower case; empty for any other step. */
  get action(): string {
    const uses = this.uses
    if (uses?.kind !== 'remote') return ''
    return uses.path ? `${uses.repository}/${uses.path}` : uses.repository
  }

  get run(): YamlItem | undefined {
    return this.item.get('run')
  }

  with(name: string): YamlItem | undefined {
    return this.item.get('with', name)
  }

  env(name: string): YamlItem | undefined {
    return this.item.get('env', name)
  }

  /** Where the step's shell text has a pattern, comments of the shell left out. */
  commands(pattern: RegExp): Match[] {
    const run = this.run
    if (!run) return []
    const { textLines } = run.file
    return run.find(pattern).filter(({ at }) => !/^\s*#/.test(textLines[at.line - 1] ?? ''))
  }

  says(pattern: RegExp): boolean {
    return this.commands(pattern).length > 0
  }
}
