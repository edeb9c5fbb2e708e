import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { aliases } from './generate/aliases.ts'
import { commandLine } from './generate/command-line.ts'
import { documents } from './generate/documents.ts'
import { engine } from './generate/engine.ts'
import { contractFile } from './generate/own-contract.ts'
import { root } from './repository.ts'

/** Every generated file, or file with a generated part, as path relative to the root → the content it has to have. */
export function generated(): Map<string, string> {
  return new Map([...aliases(), ...documents(), ...commandLine(), ...engine(), ...contractFile()])
}

if (process.argv[1] === import.meta.filename) {
  for (const [path, content] of generated()) {
    if (read(path) === content) continue
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
    console.log(`wrote ${path}`)
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(join(root, path), 'utf8')
  } catch {
    return undefined
  }
}
