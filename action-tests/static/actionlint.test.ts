import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { gitRepo } from '@tokenledger/testkit'
import { cachedTool, isOnPath, mustRun } from './cached-tool.ts'
import { run, yamlOfActions } from './tracked-files.ts'

const MODULE = 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12'

function actionlint(...files: readonly string[]) {
  const program = cachedTool('actionlint-1.7.12', 'actionlint', folder =>
    mustRun('go', ['install', MODULE], { GOBIN: folder, GOFLAGS: '-mod=mod' }),
  )
  // It does not know GitHub's self-repository references yet. What else is installed here must not matter.
  const selfReference = ['-ignore', 'specifying action "\\$/', '-ignore', 'reusable workflow call "\\$/']
  return run(program, ['-no-color', '-oneline', '-shellcheck=', '-pyflakes=', ...selfReference, ...files])
}

if (isOnPath('go')) {
  describe('actionlint', () => {
    it('finds nothing in our workflows', () => {
      const workflows = yamlOfActions().filter(file => file.includes('.github/workflows/'))
      expect(actionlint(...workflows)).toEqual({ status: 0, output: '' })
    })

    it('finds an unknown context and an unknown runner', () => {
      const workflow = [
        'on: push',
        'jobs:',
        '  a:',
        '    runs-on: ubuntu-1.0',
        '    steps:',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub's expression, not JavaScript's
        '      - run: echo ${{ step.x }}',
      ].join('\n')
      const { path } = gitRepo({ '.github/workflows/bad.yml': workflow })
      const { status, output } = actionlint(join(path, '.github/workflows/bad.yml'))
      expect(status).toBe(1)
      expect(output).toMatch(/ubuntu-1\.0[\s\S]*undefined variable "step"/)
    })
  })
} else {
  describe('actionlint', () => {
    it('is left out on this computer, which has no Go to build it with', () => {
      expect(isOnPath('go')).toBe(false)
    })
  })
}
