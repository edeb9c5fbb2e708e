import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from '@jest/globals'
import { tempDir } from '@tokenledger/testkit'
import { writeStory } from '../src/report/story-page.ts'
import type { Chapter, Page } from '../src/story/chapter.ts'
import { storyTable } from '../src/story/table.ts'

const EVIL = '<script>alert(1)</script>'

const told = (title: string, more: Partial<Chapter> = {}): Chapter => ({
  title,
  wasReached: true,
  isGood: true,
  seconds: 1.25,
  result: 'done',
  pages: [],
  ...more,
})

const ENDED_EARLY = [
  told('One'),
  told('The second one', { isGood: false, result: 'failed: build' }),
  told('Three', { wasReached: false, isGood: false, seconds: 0, result: 'not reached' }),
]

const release = (more: object): Page => ({
  kind: 'release',
  release: {
    repository: 'a/b',
    title: 'v1',
    tag: 'v1',
    body: 'Notes\n\n- **one**',
    state: 'latest',
    isImmutable: true,
    author: 'a',
    assets: [{ name: 'a.whl', size: 2048, digest: 'sha256:00' }],
    ...more,
  },
})

const pull: Page = {
  kind: 'pull',
  pull: {
    repository: 'a/b',
    number: 7,
    title: EVIL,
    body: `${EVIL}body`,
    base: 'main',
    head: 'topic',
    labels: ['release'],
    author: 'bot',
    commits: 2,
    mergeCommit: undefined,
    files: [{ path: 'a.py', lines: ['@@ -1 +1 @@', '-old', `+${EVIL}`, ' same'] }],
  },
}

async function report(chapters: readonly Chapter[]): Promise<string> {
  return readFileSync(await writeStory(tempDir(), chapters), 'utf8')
}

describe('the end of a story', () => {
  it('is a table with what there is now, and with the chapters that were not reached', () => {
    expect(stripVTControlCharacters(storyTable(ENDED_EARLY)).split('\n')).toEqual([
      'chapter         result      seconds',
      '-----------------------------------',
      'One             success         1.3  done',
      'The second one  failure         1.3  failed: build',
      'Three           not reached',
    ])
  })

  it('is a report that says so and leads to the pages of each chapter', async () => {
    const html = await report(ENDED_EARLY)
    expect(html).toContain('<title>The way to a release ended early</title>')
    expect(html).toContain('not reached')
    const pages = [pull, release({ state: 'draft' }), release({})]
    const good = await report([told('One', { pages })])
    expect(good).toContain('<title>From a green main to a published release</title>')
    for (const [at, name] of ['Pull request', 'Draft', 'Release'].entries()) {
      expect(good).toContain(`<a href="#chapter-1-page-${at + 1}">${name}</a>`)
      expect(good).toContain(`id="chapter-1-page-${at + 1}"`)
    }
  })
})

describe('a page of the report', () => {
  it('shows a release with its badges, notes and files', async () => {
    const html = await report([told('One', { pages: [release({})] })])
    expect(html).toContain(
      'v1 <span class="badge open">Latest</span> <span class="badge label">Immutable</span>',
    )
    expect(html).toContain('<li><strong>one</strong></li>')
    expect(html).toContain('<td>a.whl</td><td class="number">2.0 KB</td><td><code>sha256:00</code></td>')
    const early = await report([
      told('One', { pages: [release({ state: 'prerelease', isImmutable: false })] }),
    ])
    expect(early).toContain('v1 <span class="badge draft">Pre-release</span></h3>')
  })

  it('shows a pull request with its changes, and lets nothing out of its frame', async () => {
    const html = await report([told('One', { pages: [pull] })])
    expect(html).toContain('wants to merge 2 commits into <code>main</code> from <code>topic</code>')
    expect(html).toContain('<span class="removed">-old</span>')
    expect(html).toContain('<span class="success">+1</span> <span class="failure">−1</span>')
    expect(html).not.toContain('<script')
  })
})

describe('npm run demo', () => {
  it('leaves no process and no file behind on Ctrl-C', async () => {
    const temp = tempDir('demo-')
    const program = fileURLToPath(new URL('../src/demo.ts', import.meta.url))
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program], {
      // npm keeps a cache of compiled code there.
      env: { ...process.env, TMPDIR: temp, NO_COLOR: '1', NODE_DISABLE_COMPILE_CACHE: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const ended = once(child, 'exit')
    // The index is there; the earlier version is being built, or the first chapter has begun.
    await Promise.race([once(child.stdout, 'data'), ended])
    child.kill('SIGINT')
    const [code] = await ended
    expect(code).toBe(130)
    expect(readdirSync(temp)).toEqual([])
    expect(startedIn(temp)).toEqual([])
  })
})

/** Processes that were started with a folder for temporary files. */
function startedIn(temp: string): string[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .filter(pid => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`TMPDIR=${temp}`)
      } catch {
        return false
      }
    })
}
