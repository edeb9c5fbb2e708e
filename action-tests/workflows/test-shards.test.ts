import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { gitRepo, type PackageIndex, startPackageIndex, tempDir } from '@tokenledger/testkit'
import { runCi } from './run-ci.ts'
import { smallProject } from './small-project.ts'

/** Three jobs set up Python and test; on two shared cores that takes up to a minute. */
const RUN_MS = 240_000

const text = (path: string) => String(smallProject[path])
/** No leg covers it all: each shard has one half of the tests, and only the lowest versions one of the exits. */
const PROJECT = {
  ...smallProject,
  'pyproject.toml': `${text('pyproject.toml')
    .replace('[project.optional', 'dependencies = ["iniconfig>=1.1"]\n\n[project.optional')
    .replace(/dev = .*/, 'dev = ["pytest>=8.0", "pytest-cov>=5.0"]')}
[tool.coverage.run]
branch = true

[tool.coverage.report]
fail_under = 100
`,
  'meter/count.py': `"""The number of tokens of a text."""

from importlib.metadata import version


def count(text: str) -> int:
    """Return the number of words of a text, empty ones left out."""
    if not text:
        return 0
    return len(text.split())


def is_old() -> bool:
    """Tell whether iniconfig is of its first major version."""
    if version("iniconfig").startswith("1."):
        return True
    return False
`,
  'tests/test_empty.py': `from meter.count import count, is_old


def test_nothing_is_counted() -> None:
    assert count("") == 0
    assert is_old() in (True, False)
`,
  '.github/workflows/ci.yml': `${text('.github/workflows/ci.yml')}    with:
      test-shards: 2
      lowest-direct: true
      skip: lint, type-check, security, build, dashboard
`,
}

let index: PackageIndex
beforeAll(async () => {
  index = await startPackageIndex({ cacheDirectory: tempDir('index-') })
})
afterAll(() => index.close())

describe('ci.yml with test-shards and lowest-direct', () => {
  it(
    'runs each leg under its name, and judges what all of them covered as one',
    async () => {
      const { path } = gitRepo(PROJECT)
      const report = tempDir('report-')
      const run = await runCi(path, ['--report', report], { UV_DEFAULT_INDEX: index.url })
      const skipped = ['lint', 'type-check', 'integration', 'integration (after checks)', 'security', 'build']
      expect(run.jobs).toEqual({
        ...Object.fromEntries([...skipped, 'dashboard'].map(job => [job, 'skipped'])),
        plan: 'success',
        'test (3.11, 1/2)': 'success',
        'test (3.11, 2/2)': 'success',
        'test (3.11, lowest-direct)': 'success',
        coverage: 'success',
        gate: 'success',
      })
      expect(run.code).toBe(0)
      const page = readFileSync(join(report, 'index.html'), 'utf8')
      expect(page).toContain('Shard 2 of 2: 1 of 2 tests in 1 of 2 files.')
      expect(page).toContain('Tests on Python 3.11, lowest-direct: ✅ 2 passed')
      expect(page).toMatch(/Total: computed from the lines of 3 reports/)
      expect(page).toContain('<tr><td>test-results-3.11-lowest-direct</td>')
    },
    RUN_MS,
  )
})
