import { describe, expect, it } from '@jest/globals'
import type { Files } from '@tokenledger/testkit'
import { PROJECT, reasonsOf, valuesOf } from './project-in.ts'

const dev = (...tools: readonly string[]) =>
  `${PROJECT}[project.optional-dependencies]\ndev = ${JSON.stringify(['pytest', ...tools])}\n`
const settings = (text: string): Files => ({ 'pyproject.toml': `${PROJECT}${text}` })

describe('whether the tests measure coverage', () => {
  it.each([
    [
      'pytest-cov in the extra of the tests',
      dev('pytest-cov>=6'),
      true,
      'pytest-cov is installed for the tests',
    ],
    [
      'coverage alone',
      dev('coverage[toml]'),
      false,
      'coverage is installed for the tests, but pytest measures with pytest-cov',
    ],
    ['neither', dev('ruff'), false, 'neither pytest-cov nor coverage is installed for the tests'],
  ])('is told by %s', async (_, pyproject, value, reason) => {
    const files = { 'pyproject.toml': pyproject }
    expect((await valuesOf(files))['has-coverage']).toBe(value)
    expect((await reasonsOf(files))['has-coverage']).toBe(reason)
  })

  it('is told by pytest-cov in any extra when all are installed', async () => {
    const files = { 'pyproject.toml': `${dev()}cov = ["pytest-cov"]\n` }
    expect((await valuesOf(files))['has-coverage']).toBe(false)
    expect((await valuesOf(files, { extras: ['*'] }))['has-coverage']).toBe(true)
  })

  it('can be told by an input', async () => {
    const final = new Map([
      ['has-coverage', 'true'] as const,
      ['coverage-fail-under', '70'] as const,
      ['coverage-precision', ''] as const,
    ])
    const files = settings('[tool.coverage.report]\nfail_under = 90\nprecision = 3\n')
    expect(await valuesOf(files, { final })).toMatchObject({
      'has-coverage': true,
      'coverage-fail-under': '70',
      'coverage-precision': '',
    })
    expect((await reasonsOf(files, { final }))['has-coverage']).toBe('input has-coverage')
  })
})

describe('what the project asks of its coverage', () => {
  it.each<[string, Files, string, string]>([
    [
      'pyproject.toml',
      settings('[tool.coverage.report]\nfail_under = 89.5\n'),
      '89.5',
      '[tool.coverage.report] fail_under',
    ],
    [
      '.coveragerc',
      { '.coveragerc': '[report]\nfail_under = 90\n' },
      '90',
      '[report] fail_under in .coveragerc',
    ],
    [
      '.coveragerc.toml',
      { '.coveragerc.toml': '[report]\nfail_under = 91\n' },
      '91',
      '[report] fail_under in .coveragerc.toml',
    ],
    [
      'setup.cfg',
      { 'setup.cfg': '[coverage:report]\nfail_under: 92\n' },
      '92',
      '[coverage:report] fail_under in setup.cfg',
    ],
    [
      'tox.ini',
      { 'tox.ini': '[coverage:report]\nfail_under=93\n' },
      '93',
      '[coverage:report] fail_under in tox.ini',
    ],
    [
      'the options of pytest before all of them',
      settings(
        '[tool.coverage.report]\nfail_under = 90\n[tool.pytest.ini_options]\naddopts = "--cov-fail-under=80"\n',
      ),
      '80',
      '--cov-fail-under in addopts of pytest',
    ],
    ['nobody', {}, '', 'no fail_under in the settings of coverage'],
    [
      '0, its word for none',
      { '.coveragerc': '[report]\nfail_under = 0\n' },
      '',
      '[report] fail_under in .coveragerc is 0, so none',
    ],
    [
      'an environment variable',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: coverage.py's own syntax
      { '.coveragerc': '[report]\nfail_under = ${LEAST}\n' },
      '',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: coverage.py's own syntax
      '[report] fail_under in .coveragerc is "${LEAST}", which is no number',
    ],
  ])('is read from %s', async (_, files, value, reason) => {
    expect((await valuesOf(files))['coverage-fail-under']).toBe(value)
    expect((await reasonsOf(files))['coverage-fail-under']).toBe(reason)
  })

  it("comes from the first file with settings alone, in coverage.py's order", async () => {
    const files = {
      ...settings('[tool.coverage.report]\nfail_under = 90\nprecision = 1\n'),
      'setup.cfg': '[metadata]\nname = ledger\n',
      'tox.ini': '[coverage:run]\nsource = ledger\n[coverage:report]\nprecision = 2\n',
    }
    expect(await valuesOf(files)).toMatchObject({
      'coverage-source': ['ledger'],
      'coverage-fail-under': '',
      'coverage-precision': '2',
    })
    // Its own file counts even when it is empty.
    expect(await valuesOf({ ...files, '.coveragerc': '' })).toMatchObject({ 'coverage-precision': '' })
  })
})
