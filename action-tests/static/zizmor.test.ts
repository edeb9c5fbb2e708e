import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { tempDir, writeFiles } from '@tokenledger/testkit'
import { adopter, PROJECTS, runInit, strippedExample } from '../../packages/cli/test/init/adopters.ts'
import { cachedTool, isOnPath, mustRun } from './cached-tool.ts'
import { run, yamlOfActions } from './tracked-files.ts'

const windows = process.platform === 'win32'

function zizmor(...files: readonly string[]) {
  const program = cachedTool('zizmor-1.32.0', windows ? 'bin/zizmor.exe' : 'bin/zizmor', folder =>
    mustRun(isOnPath('python3') ? 'python3' : 'python', [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--no-deps',
      '--require-hashes',
      `--requirement=${join(import.meta.dirname, 'zizmor-requirements.txt')}`,
      `--target=${folder}`,
    ]),
  )
  const options = [
    '--offline',
    '--persona=pedantic',
    '--config=.github/zizmor.yml',
    '--color=never',
    '--quiet',
  ]
  return run(program, [...options, '--strict-collection', ...files])
}

describe('zizmor, offline and pedantic', () => {
  it('finds nothing in our workflows and actions', () => {
    expect(zizmor(...yamlOfActions())).toEqual({
      status: 0,
      output: expect.stringContaining('No findings to report'),
    })
  })

  it('finds nothing in what init writes, and looks at each of the files', async () => {
    const folders = [strippedExample(), ...Object.keys(PROJECTS).map(name => adopter({}, name))]
    for (const folder of folders) {
      await runInit(folder)
      const written = readdirSync(join(folder, '.github'), { recursive: true, encoding: 'utf8' })
      const files = written.filter(file => file.endsWith('.yml')).map(file => join(folder, '.github', file))
      expect(files.length).toBeGreaterThanOrEqual(2)
      expect(zizmor(...files)).toEqual({
        status: 0,
        output: expect.stringContaining('No findings to report'),
      })
    }
  })

  it('finds an injection and an action that is pinned to a tag', () => {
    const folder = tempDir()
    writeFiles(folder, {
      'action.yml': [
        'name: bad',
        'description: bad',
        'inputs: { title: { description: text } }',
        'runs:',
        '  using: composite',
        '  steps:',
        '    - uses: actions/checkout@v7',
        '    - shell: bash',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub's expression, not JavaScript's
        '      run: echo ${{ inputs.title }}',
      ].join('\n'),
    })
    const { status, output } = zizmor(join(folder, 'action.yml'))
    expect(status).not.toBe(0)
    expect(output).toMatch(/template-injection[\s\S]*unpinned-uses|unpinned-uses[\s\S]*template-injection/)
  })
})
