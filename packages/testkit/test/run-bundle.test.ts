import { existsSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { runBundle, tempDir, writeFiles } from '@tokenledger/testkit'
import fc from 'fast-check'
import { parseCommandFile } from '../src/run-bundle/commands.ts'

/** A repository with one action whose bundle is `code`. */
function repositoryWith(code: string): string {
  const root = tempDir()
  writeFiles(root, {
    'package.json': '{ "type": "module" }',
    'actions/probe/action.yml': [
      'inputs:',
      '  python-version: { default: "3.11" }',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub's expression, not JavaScript's
      '  github-token: { default: "${{ github.token }}" }',
      '  extras: {}',
    ].join('\n'),
    'dist/probe/index.js': `import { appendFileSync } from 'node:fs'\n${code}`,
  })
  return root
}

const probe = (code: string, options: Parameters<typeof runBundle>[1] = {}) =>
  runBundle('probe', { root: repositoryWith(code), ...options })

describe('runBundle', () => {
  it('hands over inputs as the runner does, with the defaults of action.yml', async () => {
    const code =
      "console.log(JSON.stringify(Object.entries(process.env).filter(([k]) => k.startsWith('INPUT_'))))"
    const { stdout } = await probe(code, { inputs: { extras: 'all,dev' } })
    expect(Object.fromEntries(JSON.parse(stdout))).toEqual({
      'INPUT_PYTHON-VERSION': '3.11',
      'INPUT_GITHUB-TOKEN': 'runner-token',
      INPUT_EXTRAS: 'all,dev',
    })
  })

  it('refuses an input that action.yml does not declare', async () => {
    await expect(probe('', { inputs: { extra: 'dev' } })).rejects.toThrow('does not declare: extra')
  })

  it('gives a clean environment with the given variables', async () => {
    process.env.LEAKED = 'yes'
    const { stdout } = await probe('console.log(JSON.stringify(process.env))', { env: { ASKED: 'yes' } })
    delete process.env.LEAKED
    const env = JSON.parse(stdout)
    expect(env).toMatchObject({ ASKED: 'yes', GITHUB_REPOSITORY: 'acme/consumer' })
    expect(env).not.toHaveProperty('LEAKED')
    expect(existsSync(env.RUNNER_TEMP)).toBe(false)
  })

  it('reads back outputs, variables, PATH, summary, annotations and masks', async () => {
    const run = await probe(`
      const { GITHUB_OUTPUT, GITHUB_ENV, GITHUB_PATH, GITHUB_STEP_SUMMARY } = process.env
      appendFileSync(GITHUB_OUTPUT, 'plan<<END\\n{\\n}\\nEND\\nhit=exact\\n')
      appendFileSync(GITHUB_ENV, 'UV_PYTHON=3.11\\n')
      appendFileSync(GITHUB_PATH, '/tools/uv\\n')
      appendFileSync(GITHUB_STEP_SUMMARY, '## done\\n')
      console.log('::add-mask::s3cret\\n::error file=a%2Cb.py,line=3,col=7,title=E501::too long%0Aby 2')
      process.exit(3)`)
    expect(run).toMatchObject({
      exitCode: 3,
      outputs: { plan: '{\n}', hit: 'exact' },
      env: { UV_PYTHON: '3.11' },
      path: ['/tools/uv'],
      summary: '## done\n',
      masks: ['s3cret'],
      annotations: [
        { level: 'error', file: 'a,b.py', line: 3, column: 7, title: 'E501', message: 'too long\nby 2' },
      ],
    })
  })

  it('cancels the action and what it has started', async () => {
    const code = `
      import { spawn } from 'node:child_process'
      spawn('sleep', ['60'], { stdio: 'inherit' }).on('exit', (_, by) => { console.log('child', by); process.exit(5) })
      process.on('SIGINT', () => {})
      console.log('up')`
    const { exitCode, stdout, ms } = await probe(code, { signal: AbortSignal.timeout(600) })
    expect({ exitCode, stdout }).toEqual({ exitCode: 5, stdout: 'up\nchild SIGINT\n' })
    expect(ms).toBeLessThan(7000)
  })
})

describe('a command file', () => {
  it('gives back every value that was written with a delimiter', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (first, second) => {
        const values = { first: first.replaceAll('\r', ''), second: second.replaceAll('\r', '') }
        const file = Object.entries(values).map(
          ([name, value]) => `${name}<<ghadelimiter_1\n${value}\nghadelimiter_1\n`,
        )
        expect(parseCommandFile(file.join(''))).toEqual(values)
      }),
    )
  })

  it('with an open delimiter is an error, as on the runner', () => {
    expect(() => parseCommandFile('plan<<END\n{}\n')).toThrow("Matching delimiter not found 'END'")
  })
})
