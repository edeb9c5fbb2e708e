import { styleText } from 'node:util'
import type { Chapter } from './chapter.ts'

/** The closing table of a story: chapter, result, seconds, and what there is now. */
export function storyTable(chapters: readonly Chapter[]): string {
  const width = Math.max(...chapters.map(({ title }) => title.length))
  const header = `${'chapter'.padEnd(width)}  ${'result'.padEnd(11)} seconds`
  const lines = chapters.map(chapter => {
    const outcome = outcomeOf(chapter)
    const colour = outcome === 'success' ? 'green' : 'red'
    const seconds = chapter.wasReached ? chapter.seconds.toFixed(1) : ''
    const result = chapter.wasReached ? `  ${chapter.result}` : ''
    return `${chapter.title.padEnd(width)}  ${styleText(colour, outcome.padEnd(11))} ${seconds.padStart(7)}${result}`.trimEnd()
  })
  return [header, '-'.repeat(header.length), ...lines].join('\n')
}

export function outcomeOf({ wasReached, isGood }: Chapter): 'success' | 'failure' | 'not reached' {
  if (!wasReached) return 'not reached'
  return isGood ? 'success' : 'failure'
}
