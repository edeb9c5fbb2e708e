import { existsSync, realpathSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Problem } from '../problem.ts'
import { excerptAt } from '../sql/position.ts'
import type { Alembic } from './alembic.ts'
import { relativePath } from './read-scripts.ts'
import { type Frame, hintFor, readFailure } from './traceback.ts'

/**
 * What went wrong in a run of Alembic, at the project's own line: the innermost one of a revision, else of env.py's folder,
 * else of the project. `stand` is where the database is now, as a sentence.
 */
export async function problemOfRun(
  alembic: Alembic,
  lines: readonly string[],
  stand: string,
): Promise<Problem> {
  const { message, frames } = readFailure(lines)
  const sentences = [message, hintFor(message), stand].filter(Boolean).map(text => text.replace(/\.$/, ''))
  const text = `${sentences.join('. ')}.`
  const place = placeOfFailure(alembic, frames)
  if (!place) return { message: `alembic failed: ${text}` }
  const { path, line } = place
  const source = await readFile(join(alembic.place.root, path), 'utf8').catch(() => '')
  const indent = /^\s*/.exec(source.split('\n')[line - 1] ?? '')?.[0].length ?? 0
  const position = { line, column: indent + 1 }
  return { path, position, message: text, ...(source ? { excerpt: excerptAt(source, position) } : {}) }
}

function placeOfFailure(
  { place, project, scripts }: Alembic,
  frames: readonly Frame[],
): { readonly path: string; readonly line: number } | undefined {
  const own = frames.flatMap(({ file, line }) => {
    const absolute = resolve(project.cwd, file)
    const path = existsSync(absolute) ? relativePath(place, realpathSync(absolute)) : undefined
    return path === undefined ? [] : [{ path, line }]
  })
  const revisions = new Set(scripts.revisions.map(({ path }) => path))
  const home = relativePath(place, scripts.directory)
  return (
    own.findLast(({ path }) => revisions.has(path)) ??
    own.findLast(({ path }) => home !== undefined && path.startsWith(`${home}/`)) ??
    own.at(-1)
  )
}
