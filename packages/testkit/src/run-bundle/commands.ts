import type { AnnotationLevel } from '@tokenledger/kit'

export interface PrintedAnnotation {
  readonly level: AnnotationLevel
  readonly message: string
  readonly title?: string
  readonly file?: string
  readonly line?: number
  readonly column?: number
}

export interface WorkflowCommand {
  readonly command: string
  readonly properties: Readonly<Record<string, string>>
  readonly message: string
}

/** The `::command key=value::message` lines of a log, unescaped as the runner does it. */
export function workflowCommands(log: string): WorkflowCommand[] {
  return log.split(/\r?\n/).flatMap(line => {
    const [, command, properties = '', message = ''] = /^\s*::([\w-]+)(?: (.*?))?::(.*)$/.exec(line) ?? []
    if (!command) return []
    return [{ command, properties: propertiesOf(properties), message: unescapeData(message) }]
  })
}

function propertiesOf(text: string): Record<string, string> {
  const pairs = text.split(',').flatMap(pair => {
    const at = pair.indexOf('=')
    return at > 0 ? [[pair.slice(0, at).trim(), unescapeProperty(pair.slice(at + 1))] as const] : []
  })
  return Object.fromEntries(pairs)
}

function unescapeProperty(value: string): string {
  return unescapeData(value.replaceAll('%3A', ':').replaceAll('%2C', ','))
}

function unescapeData(value: string): string {
  return value.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
}

/** The annotations among the commands, in order. */
export function annotationsOf(commands: readonly WorkflowCommand[]): PrintedAnnotation[] {
  return commands.flatMap(({ command, properties, message }) => {
    if (command !== 'error' && command !== 'warning' && command !== 'notice') return []
    const { title, file, line, col } = properties
    return [
      {
        level: command,
        message,
        ...(title ? { title } : {}),
        ...(file ? { file } : {}),
        ...(line ? { line: Number(line) } : {}),
        ...(col ? { column: Number(col) } : {}),
      },
    ]
  })
}

/** The values of a command file (GITHUB_OUTPUT, GITHUB_ENV, GITHUB_STATE): `name=value` and `name<<END` lines. */
export function parseCommandFile(text: string): Record<string, string> {
  const values: Record<string, string> = {}
  const lines = text.split(/\r?\n/)
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    const [, heredoc, delimiter] = /^([^=]*?)<<(.+)$/.exec(line) ?? []
    if (heredoc !== undefined && delimiter !== undefined) {
      const end = lines.indexOf(delimiter, at + 1)
      if (end < 0) throw new Error(`Matching delimiter not found '${delimiter}'`)
      values[heredoc] = lines.slice(at + 1, end).join('\n')
      at = end
    } else if (line.includes('=')) {
      values[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1)
    } else if (line !== '') {
      throw new Error(`Invalid format '${line}'`)
    }
  }
  return values
}
