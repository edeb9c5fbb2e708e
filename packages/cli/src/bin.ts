#!/usr/bin/env node
import { readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { start } from './start.ts'

/** The version of the package that this program is a part of: `<package>/dist/cli/index.js`, behind the link that npm makes. */
function versionIn(folder: string): string {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version
}

await start(versionIn(dirname(dirname(dirname(realpathSync(process.argv[1] ?? ''))))))
