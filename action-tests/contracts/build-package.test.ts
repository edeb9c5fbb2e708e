import { describe, expect, it } from '@jest/globals'
import { type Files, tempDir, writeFiles } from '@tokenledger/testkit'
import { runComposite } from './run-step.ts'
import { pathWithUv } from './uv.ts'

const PATH = pathWithUv()
// Shared, so twine is installed once for all tests of this file, as in the steps of a job.
const RUNNER_TEMP = tempDir('runner-temp-')

/** A build backend in the project itself: builds offline, and can be told to build badly. */
const BACKEND = `
import base64, hashlib, io, os, tarfile, zipfile
META = os.environ.get("META") or "Metadata-Version: 2.1\\nName: small\\nVersion: 1.0\\nRequires-Python: >=3.11\\nDescription-Content-Type: text/markdown\\n\\n# Small\\n"
def build_sdist(folder, settings=None):
    name = "small-1.0.tar.gz"
    with tarfile.open(os.path.join(folder, name), "w:gz") as archive:
        for path in ["pyproject.toml", "backend.py", "small/__init__.py"]:
            archive.add(path, f"small-1.0/{path}")
        data = os.environ.get("SDIST_META", META).encode()
        entry = tarfile.TarInfo("small-1.0/PKG-INFO")
        entry.size = len(data)
        archive.addfile(entry, io.BytesIO(data))
    return name
def build_wheel(folder, settings=None, metadata=None):
    name = "small-1.0-py3-none-any.whl"
    files = {"small-1.0.dist-info/METADATA": META, "small-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n"}
    files |= {path: "x = 1\\n" for path in os.environ.get("WHEEL", "small/__init__.py").split(",")}
    record = ""
    for path, text in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")
        record += f"{path},sha256={digest},{len(text)}\\n"
    record += "small-1.0.dist-info/RECORD,,\\n"
    for old, new in [pair.split("=>") for pair in os.environ.get("RECORD", "").split(";") if pair]:
        record = record.replace(old, new)
    with zipfile.ZipFile(os.path.join(folder, name), "w") as archive:
        for path, text in (files | {"small-1.0.dist-info/RECORD": record}).items():
            archive.writestr(path, text)
    if os.environ.get("TRUNCATE"):
        os.truncate(os.path.join(folder, name), 60)
    return name
`
const PROJECT = {
  'pyproject.toml': `[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n
[project]\nname = "small"\nversion = "1.0"\nrequires-python = ">=3.11"\n`,
  'backend.py': BACKEND,
  'small/__init__.py': 'x = 1\n',
}
const metadata = (lines: string) =>
  `Metadata-Version: 2.1\n${lines}Description-Content-Type: text/markdown\n\n# Small\n`

const build = (
  environment: Record<string, string> = {},
  inputs: Record<string, string> = {},
  files: Files = {},
) => {
  const folder = tempDir('project-')
  writeFiles(folder, { ...PROJECT, ...files })
  return runComposite('build-package', inputs, folder, { PATH, RUNNER_TEMP, ...environment })
}

describe('build-package', () => {
  it('builds sdist and wheel, quietly, and gives their digests', async () => {
    const { status, log, outputs, summary } = await build({}, { 'expected-version': 'v1.0.0' })
    expect({ status, log }).toEqual({ status: 0, log: '' })
    const digests: Record<string, string> = JSON.parse(outputs.digests ?? '')
    expect(Object.keys(digests)).toEqual(['small-1.0-py3-none-any.whl', 'small-1.0.tar.gz'])
    expect(outputs.sha256sums).toBe(
      Object.entries(digests)
        .map(([file, digest]) => `${digest}  ${file}`)
        .join('\n'),
    )
    expect(outputs).toMatchObject({ name: 'small', version: '1.0' })
    expect(summary).toContain('### Package small 1.0: ✅ built and checked')
    for (const digest of Object.values(digests)) expect(summary).toContain(`\`${digest}\``)
  })

  it.each<[string, Record<string, string>, string]>([
    [
      'a wheel of another version than pyproject.toml',
      { META: metadata('Name: small\nVersion: 2.0\nRequires-Python: >=3\n') },
      'Version is "2.0", pyproject.toml says "1.0".',
    ],
    [
      'an sdist of another version than the wheel',
      { SDIST_META: metadata('Name: small\nVersion: 1.1\nRequires-Python: >=3\n') },
      'The wheel and the sdist are of different versions: "1.0" and "1.1".',
    ],
    [
      'another name',
      { META: metadata('Name: large\nVersion: 1.0\nRequires-Python: >=3\n') },
      'Name is "large", pyproject.toml says "small".',
    ],
    [
      'a lost Requires-Python',
      { META: metadata('Name: small\nVersion: 1.0\n') },
      'no Requires-Python (">=3.11" of pyproject.toml was lost), so pip installs it on every Python.',
    ],
    [
      'a wrong digest in RECORD',
      { RECORD: 'small/__init__.py,sha256==>small/__init__.py,sha256=x' },
      'RECORD has another digest or size for small/__init__.py.',
    ],
    [
      'a file that RECORD does not list',
      { RECORD: 'small/__init__.py=>small/gone.py' },
      'small/__init__.py is not in RECORD.',
    ],
    [
      'a file that is only in RECORD',
      { RECORD: 'small/__init__.py=>small/gone.py' },
      'RECORD lists small/gone.py, which is not there.',
    ],
    [
      'a secret',
      { WHEEL: 'small/__init__.py,small/.env' },
      'small/.env looks like a secret; publishing it cannot be undone.',
    ],
    [
      'compiled leftovers',
      { WHEEL: 'small/__init__.py,small/a.pyc' },
      'small/a.pyc is a leftover of a build or a tool.',
    ],
    [
      'tests beside the package',
      { WHEEL: 'small/__init__.py,tests/test_a.py' },
      'top-level folder "tests" would be installed beside every other package.',
    ],
    [
      'a package without its __init__.py',
      { WHEEL: 'small/other.py' },
      'small/__init__.py of the source is missing.',
    ],
    ['an empty wheel', { WHEEL: 'small/data.json' }, 'holds nothing that can be imported.'],
    [
      'a path that leaves the target',
      { WHEEL: 'small/__init__.py,../evil.py' },
      '../evil.py would be written outside of the target folder.',
    ],
    [
      'a README that PyPI cannot show',
      { META: 'Metadata-Version: 2.1\nName: small\nVersion: 1.0\nRequires-Python: >=3\n\n' },
      'twine check --strict:',
    ],
  ])('refuses %s', async (_, environment, message) => {
    const { status, log, summary } = await build(environment)
    expect(status).toBe(1)
    expect(log).toContain(message)
    expect(summary).toContain('### Package ')
    expect(summary).toMatch(/❌ \d+ problem/)
  })

  it('refuses another version than the expected one', async () => {
    const { status, log } = await build({}, { 'expected-version': 'v1.0.1' })
    expect(status).toBe(1)
    expect(log).toContain('Version is "1.0", expected-version says "v1.0.1".')
  })

  it('lets through what allow-files names, and warns about tests inside the package', async () => {
    const WHEEL = 'small/__init__.py,small/cacert.pem,small/tests/test_a.py'
    const { status, log } = await build({ WHEEL }, { 'allow-files': '*/cacert.pem' })
    expect(status).toBe(0)
    expect(log).toBe(
      '::warning title=build-package::small-1.0-py3-none-any.whl: small/tests ships the tests to every user.\n',
    )
  })

  it('takes the version from the file that hatchling would read', async () => {
    const pyproject = PROJECT['pyproject.toml'].replace('version = "1.0"', 'dynamic = ["version"]')
    const { status, log } = await build(
      {},
      {},
      {
        'pyproject.toml': `${pyproject}[tool.hatch.version]\npath = "small/__init__.py"\n`,
        'small/__init__.py': '__version__ = "1.1"\n',
      },
    )
    expect(status).toBe(1)
    expect(log).toContain('Version is "1.0", small/__init__.py says "1.1".')
  })

  it('shows what the backend said when it fails, and a broken wheel is no success', async () => {
    const failed = await build({}, {}, { 'backend.py': 'raise SystemExit("no compiler here")\n' })
    expect(failed.status).toBe(1)
    expect(failed.log).toMatch(
      /::error::The package could not be built \(uv build, exit \d\):%0A.*no compiler here/,
    )
    const broken = await build({ TRUNCATE: 'yes' })
    expect(broken.status).toBe(1)
    expect(broken.log).toMatch(/::error::.*(not be built|no readable wheel)/)
  })

  it('says that there is nothing to build without pyproject.toml', async () => {
    const { status, log } = await runComposite('build-package', {}, tempDir(), { PATH, RUNNER_TEMP })
    expect(status).toBe(1)
    expect(log).toMatch(
      /::error::No pyproject\.toml in .*\. Run actions\/checkout before this step, or set working-directory\./,
    )
  })
})
