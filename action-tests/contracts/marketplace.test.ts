import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { type Action, actions, readYaml, root } from './yaml-files.ts'

// What the form "Publish this Action to the GitHub Marketplace" asks for, as far as files can answer it; that no action,
// person or organization has the name is seen there alone.
interface Listed extends Action {
  readonly name: string
  readonly branding: { readonly icon: string; readonly color: string }
  readonly runs: Action['runs'] & { readonly main?: string; readonly pre?: string; readonly post?: string }
}

const tracked = spawnSync('git', ['ls-files', '--stage', '-z'], { cwd: root, encoding: 'utf8' })
  .stdout.split('\0')
  .filter(Boolean)
  .map(entry => ({ mode: entry.slice(0, 6), path: entry.slice(entry.indexOf('\t') + 1) }))
const downloaded = archived()
const listed = readYaml<Listed>('action.yml').content
const everyAction = ['action.yml', 'setup/action.yml', ...actions().map(({ path }) => path)]

describe('the action at the root, which the Marketplace lists', () => {
  it('is the only one there, under the name that the form reads', () => {
    expect(tracked.filter(({ path }) => /^(action\.ya?ml|Dockerfile)$/i.test(path))).toEqual([
      { mode: '100644', path: 'action.yml' },
    ])
  })

  it('has a short name of plain characters that is no category of the Marketplace and no word of GitHub', () => {
    expect(listed.name).toMatch(/^[A-Z][A-Za-z0-9 .-]{2,48}[A-Za-z0-9]$/)
    expect(listed.name.toLowerCase()).not.toMatch(/github|^actions?$|^marketplace$/)
    expect(CATEGORIES.map(slug)).not.toContain(slug(listed.name))
  })

  it('has a description of one line that is shorter than 125 characters', () => {
    expect(listed.description).not.toContain('\n')
    expect(listed.description.length).toBeGreaterThan(20)
    expect(listed.description.length).toBeLessThan(125)
  })

  it('comes with a README that shows how it is called, by version and by commit, and with a license', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8')
    expect(readme).toContain('\n## Marketplace and versions\n')
    expect(readme).toContain('uses: org/tokenledger-actions@v1')
    expect(readme).toMatch(/uses: org\/tokenledger-actions@<sha> # v\d+\.\d+\.\d+/)
    expect(downloaded).toEqual(expect.arrayContaining(['README.md', 'LICENSE']))
  })
})

describe('every action', () => {
  const { icons, colors } = branding()

  it.each(everyAction)("%s has an icon and a color from GitHub's list", path => {
    const { icon, color } = readYaml<Listed>(path).content.branding
    expect(icons).toContain(icon)
    expect(colors).toContain(color)
  })

  it.each(everyAction)('%s starts a file that is in the archive, before and after nothing else', path => {
    const { using, main, pre, post } = readYaml<Listed>(path).content.runs
    expect([pre, post]).toEqual([undefined, undefined])
    if (using === 'composite') return
    expect(using).toBe('node24')
    expect(downloaded).toContain(posix.join(dirname(path), main ?? ''))
  })
})

describe('the archive', () => {
  it('has no symbolic links, which are text files on Windows runners, and no submodules, which are left out', () => {
    expect(tracked.filter(({ mode }) => mode !== '100644' && mode !== '100755')).toEqual([])
  })

  it('has no path that Windows cannot write, or that differs from another by its case alone', () => {
    const reserved = /[<>:"|?*\\]|[. ](\/|$)|(^|\/)(con|prn|aux|nul|com\d|lpt\d)(\.|\/|$)/i
    expect(downloaded.filter(path => reserved.test(path) || path.length > 120)).toEqual([])
    expect(new Set(downloaded.map(path => path.toLowerCase())).size).toBe(downloaded.length)
  })
})

const CATEGORIES = [
  ...[
    'API management',
    'AI Assisted',
    'Backup Utilities',
    'Chat',
    'Code quality',
    'Code review',
    'Code search',
  ],
  ...['Code Scanning Ready', 'Container CI', 'Continuous integration', 'Dependency management', 'Deployment'],
  ...[
    'Deployment Protection Rules',
    'Desktop tools',
    'Game CI',
    'IDEs',
    'Learning',
    'Localization',
    'Mobile',
  ],
  ...['Mobile CI', 'Monitoring', 'Open Source management', 'Project management', 'Publishing', 'Reporting'],
  ...['Security', 'Support', 'Testing', 'Time tracking', 'Utilities'],
]

function slug(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '-')
}

/** The icons and colors of GitHub's own description of actions. */
function branding(): { icons: string[]; colors: string[] } {
  const schema = join(root, 'node_modules/@actions/workflow-parser/dist/action-v1.0.min.json')
  const { definitions } = JSON.parse(readFileSync(schema, 'utf8'))
  return {
    icons: definitions['branding-icon']['allowed-values'],
    colors: definitions['branding-color']['allowed-values'],
  }
}

/** Files that every caller's job downloads: those of the commit without what `.gitattributes` leaves out. */
function archived(): string[] {
  const options = { cwd: root, maxBuffer: 256 * 1024 * 1024 }
  const { stdout } = spawnSync('git', ['archive', '--worktree-attributes', 'HEAD'], options)
  const listing = spawnSync('tar', ['--list'], { ...options, input: stdout, encoding: 'utf8' }).stdout
  return listing.split('\n').filter(path => path && !path.endsWith('/'))
}
