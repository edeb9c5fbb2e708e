import { verdictSentence } from '../closing-table.ts'
import type { Chapter, Page } from '../story/chapter.ts'
import { outcomeOf } from '../story/table.ts'
import { escapeHtml } from './html.ts'
import { indexPageBody } from './index-page.ts'
import { table, verdictHeader } from './parts.ts'
import { pullPageBody } from './pull-page.ts'
import { releasePageBody } from './release-page.ts'
import { writePage } from './report.ts'
import { runLine, runPage } from './run-page.ts'

/** Writes `index.html` of a story: each chapter with its pages as a person would see them. Gives its path. */
export async function writeStory(folder: string, chapters: readonly Chapter[]): Promise<string> {
  const good = chapters.every(({ isGood }) => isGood)
  const title = good ? 'From a green main to a published release' : 'The way to a release ended early'
  const seconds = chapters.reduce((sum, chapter) => sum + chapter.seconds, 0)
  const line = `examples/tokenledger · ${chapters.length} chapters in ${seconds.toFixed(0)} s · on this computer, without GitHub`
  const body = [verdictHeader(good, title, line), contents(chapters), ...chapters.map(chapter)]
  return writePage(folder, title, body.join('\n'))
}

function contents(chapters: readonly Chapter[]): string {
  const rows = chapters.map((each, index) => {
    const outcome = outcomeOf(each)
    const className = outcome === 'success' ? 'success' : 'failure'
    const place = `chapter-${index + 1}`
    const pages = each.pages.map((page, at) => `<a href="#${place}-page-${at + 1}">${nameOf(page)}</a>`)
    const about = [escapeHtml(each.result), ...pages].join(' · ')
    return [
      `<a href="#${place}">${index + 1}. ${escapeHtml(each.title)}</a><small>${about}</small>`,
      `<span class="result ${className}">${outcome}</span>`,
      each.wasReached ? each.seconds.toFixed(1) : '',
    ]
  })
  return `<section><h2>Chapters</h2><div class="scroll">${table(['Chapter', 'Result', 'Seconds'], rows, ['Seconds'])}</div></section>`
}

function chapter(chapter: Chapter, index: number): string {
  const pages = chapter.pages.map((page, at) => framed(page, `chapter-${index + 1}-page-${at + 1}`))
  return `<article id="chapter-${index + 1}"><h1 class="chapter">${index + 1}. ${escapeHtml(chapter.title)}</h1>
<p class="outcome ${chapter.isGood ? 'success' : 'failure'}">${escapeHtml(chapter.result)}</p>
${pages.join('\n')}</article>`
}

/** A page below the line in which a browser shows where it is. */
function framed(page: Page, place: string): string {
  const { address, body } = shown(page, `${place}-`)
  return `<div class="window" id="${place}"><div class="address">${escapeHtml(address)}</div><div class="page">${body}</div></div>`
}

/** What a person would call a page. */
function nameOf(page: Page): string {
  if (page.kind === 'release') return page.release.state === 'draft' ? 'Draft' : 'Release'
  return { run: 'Run', pull: 'Pull request', index: 'Package index' }[page.kind]
}

function shown(page: Page, place: string): { address: string; body: string } {
  switch (page.kind) {
    case 'run': {
      const { played } = page
      const heading = `<div class="heading"><h3>${escapeHtml(verdictSentence(played.verdicts, played.seconds, 'Run'))}</h3><p>${escapeHtml(runLine(played))}</p></div>`
      return {
        address: `github.com/${played.commit.repository}/actions`,
        body: heading + runPage(played, place),
      }
    }
    case 'pull':
      return {
        address: `github.com/${page.pull.repository}/pull/${page.pull.number}`,
        body: pullPageBody(page.pull),
      }
    case 'release':
      return {
        address: `github.com/${page.release.repository}/releases/${page.release.state === 'draft' ? 'edit' : 'tag'}/${page.release.tag}`,
        body: releasePageBody(page.release),
      }
    case 'index':
      return { address: page.index.url.replace('http://', ''), body: indexPageBody(page.index) }
  }
}
