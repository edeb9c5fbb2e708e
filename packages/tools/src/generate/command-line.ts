import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { commands } from '@tokenledger/cli'
import { root } from '../repository.ts'
import { between } from './documents.ts'

const PAGE = 'docs/command-line.md'

const usages = await Promise.all(
  Object.entries(commands).map(async ([word, load]) => [word, (await load()).usage] as const),
)

/** The page of the command line, with what each command prints for `--help` between its markers. */
export function commandLine(): Map<string, string> {
  const text = usages.reduce(
    (page, [word, usage]) =>
      between(PAGE, page, word, `\`\`\`text\ntokenledger-actions ${word} ${usage}\n\`\`\``),
    readFileSync(join(root, PAGE), 'utf8'),
  )
  return new Map([[PAGE, text]])
}
