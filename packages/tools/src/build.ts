import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { minifySync } from '@swc/core'
import { licenses } from './licenses.ts'
import { javascriptActions, root } from './repository.ts'

/**
 * Bundles every JavaScript action into `target` (default `dist/`): one shared bundle `actions/` that holds each library
 * once, split at every `import()`, an entry of two lines per action and one for the command line. The same
 * sources give the same bytes.
 */
export function build(target: string = join(root, 'dist')): void {
  rmSync(target, { recursive: true, force: true })
  const shared = join(target, 'actions')
  mkdirSync(shared, { recursive: true })
  bundle(join(root, 'actions', 'start.ts'), shared)
  minifyChunks(shared)
  for (const name of javascriptActions()) writeEntry(join(target, name), name)
  writeProgram(join(target, 'cli'))
}

function bundle(entry: string, target: string): void {
  const scratch = mkdtempSync(join(tmpdir(), 'ncc-'))
  const statistics = join(scratch, 'stats.json')
  const ncc = join(root, 'node_modules', '@vercel', 'ncc', 'dist', 'ncc', 'cli.js')
  const options = ['--minify', '--no-cache', '--transpile-only', '--stats-out', statistics]
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [ncc, 'build', entry, '--out', target, ...options],
    {
      cwd: root,
      encoding: 'utf8',
    },
  )
  if (status !== 0) throw new Error(`ncc failed:\n${stdout}\n${stderr}`)
  writeFileSync(join(target, 'licenses.txt'), licenses(JSON.parse(readFileSync(statistics, 'utf8')), root))
  rmSync(scratch, { recursive: true })
}

/** ncc minifies the entry alone; the chunks behind `import()` are most of the bytes. */
function minifyChunks(folder: string): void {
  for (const name of readdirSync(folder).filter(file => /^\d+\.index\.js$/.test(file))) {
    const path = join(folder, name)
    const { code } = minifySync(readFileSync(path, 'utf8'), {
      module: true,
      compress: { passes: 1 },
      mangle: true,
      format: { comments: false },
    })
    writeFileSync(path, `${code}\n`)
  }
}

function writeEntry(folder: string, name: string): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    join(folder, 'index.js'),
    `import { start } from '../actions/index.js'\nawait start('${name}')\n`,
  )
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n')
}

/** The command line shares the bundle: every job of a caller downloads it. */
function writeProgram(folder: string): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    join(folder, 'index.js'),
    `#!/usr/bin/env node\nimport { startProgram } from '../actions/index.js'\nawait startProgram()\n`,
    { mode: 0o755 },
  )
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n')
}

if (process.argv[1] === import.meta.filename) build(process.argv[2])
