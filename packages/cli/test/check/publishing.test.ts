import { describe, expect, it } from '@jest/globals'
import { found } from './checking.ts'

const PATH = '.github/workflows/release.yml'
const UPLOAD = '      - uses: pypa/gh-action-pypi-publish@v1\n'
const DOWNLOAD = '      - uses: actions/download-artifact@v4\n        with: { name: dist }\n'
const BUILD = '      - run: uv build\n'
const KEEP = '      - uses: actions/upload-artifact@v4\n        with: { name: dist, retention-days: 5 }\n'
const RELEASE = '      - uses: softprops/action-gh-release@v2\n        with: { files: dist/* }\n'

const TAGS = "on: { push: { tags: ['v[0-9]*'] } }\n"
const job = (id: string, steps: string, rest = '') => `  ${id}:\n${rest}    steps:\n${steps}`
const workflow = (...jobs: string[]) => ({ [PATH]: `${TAGS}jobs:\n${jobs.join('')}` })

describe('built files', () => {
  it('have to be brought to the job that uses them', async () => {
    expect(await found('files-not-downloaded', workflow(job('out', UPLOAD + RELEASE)))).toEqual([
      `${PATH}:5:9 error job out uses built files that no step of it builds or downloads`,
      `${PATH}:7:24 error job out uses built files that no step of it builds or downloads`,
    ])
    expect(await found('files-not-downloaded', workflow(job('out', DOWNLOAD + UPLOAD + RELEASE)))).toEqual([])
    for (const build of [
      BUILD,
      '      - run: python -m PyInstaller x.py\n',
      '      - run: scripts/package\n',
    ])
      expect(await found('files-not-downloaded', workflow(job('out', build + UPLOAD)))).toEqual([])
  })

  it('are not there yet when the download comes later', async () => {
    expect(await found('files-not-downloaded', workflow(job('out', UPLOAD + DOWNLOAD)))).toHaveLength(1)
  })

  it('are missing for commands too', async () => {
    const command = '      - run: |\n          # twine upload dist/*\n          twine upload dist/*\n'
    expect(await found('files-not-downloaded', workflow(job('out', command)))).toHaveLength(1)
    const release = '      - run: gh release create "$TAG" dist/*\n'
    expect(await found('files-not-downloaded', workflow(job('out', release)))).toEqual([
      `${PATH}:5:14 error job out uses built files that no step of it builds or downloads`,
    ])
  })

  it('are downloaded by the name they were uploaded with', async () => {
    const files = workflow(job('build', BUILD + KEEP), job('out', DOWNLOAD.replace('dist', 'package')))
    expect(await found('artifact-not-uploaded', files)).toEqual([
      `${PATH}:11:17 error no job of release.yml uploads an artifact 'package'`,
    ])
    expect(
      await found('artifact-not-uploaded', workflow(job('build', BUILD + KEEP), job('out', DOWNLOAD))),
    ).toEqual([])
  })

  it('are not judged by name where a called workflow of others may upload them', async () => {
    const elsewhere = '  build: { uses: octo/shared/.github/workflows/build.yml@v1 }\n'
    expect(await found('artifact-not-uploaded', workflow(elsewhere, job('out', DOWNLOAD)))).toEqual([])
  })

  it('are those that were tested', async () => {
    const again = workflow(job('build', BUILD + KEEP), job('out', BUILD + UPLOAD, '    needs: build\n'))
    expect(await found('rebuilt-for-publishing', again)).toEqual([
      `${PATH}:11:9 error job out publishes a second build and not the one that an earlier job made`,
    ])
    expect(await found('rebuilt-for-publishing', workflow(job('all', BUILD + UPLOAD)))).toEqual([
      `${PATH}:5:9 warning job all builds and publishes in one`,
    ])
    const once = workflow(job('build', BUILD + KEEP), job('out', DOWNLOAD + UPLOAD, '    needs: build\n'))
    expect(await found('rebuilt-for-publishing', once)).toEqual([])
  })

  it('are kept until a release is through', async () => {
    const files = workflow(job('build', BUILD + KEEP), job('out', DOWNLOAD + UPLOAD))
    expect(await found('artifact-retention', files)).toEqual([
      `${PATH}:7:29 warning the package of a release is kept 5 days`,
    ])
    expect(await found('artifact-retention', workflow(job('build', BUILD + KEEP)))).toEqual([])
  })
})

describe('an upload to PyPI', () => {
  const called = (step: string) => ({
    [PATH]: `on: { workflow_call: }\njobs:\n${job('out', DOWNLOAD + step)}`,
  })

  it('cannot sign in from a workflow that is called', async () => {
    expect(await found('pypi-in-called-workflow', called(UPLOAD))).toEqual([
      `${PATH}:7:9 error uploads to PyPI by trusted publishing from release.yml, which is called`,
    ])
    expect(await found('pypi-in-called-workflow', called('      - run: uv publish\n'))).toHaveLength(1)
    expect(await found('pypi-in-called-workflow', workflow(job('out', UPLOAD)))).toEqual([])
  })

  it('may be called when it has a token', async () => {
    const password = `${UPLOAD}        with: { password: x }\n`
    expect(await found('pypi-in-called-workflow', called(password))).toEqual([])
    expect(await found('pypi-in-called-workflow', called('      - run: uv publish --token x\n'))).toEqual([])
  })

  it('is no step of a composite action', async () => {
    const action = `name: x\nruns:\n  using: composite\n  steps:\n${UPLOAD.replace(/^ {2}/, '')}`
    expect(await found('pypi-in-composite', { 'publish/action.yml': action })).toEqual([
      'publish/action.yml:5:7 error uploads to PyPI from a composite action',
    ])
  })

  it('comes after what can fail, and can be run again', async () => {
    const before = workflow(
      job('pypi', DOWNLOAD + UPLOAD),
      job('release', DOWNLOAD + RELEASE, '    needs: [pypi]\n'),
    )
    expect(await found('irreversible-first', before)).toEqual([
      `${PATH}:13:9 warning job release makes the release only after job pypi has uploaded`,
    ])
    expect(await found('upload-not-resumable', before)).toHaveLength(1)
    const skips = `${UPLOAD}        with: { skip-existing: true }\n`
    const after = workflow(
      job('release', DOWNLOAD + RELEASE),
      job('pypi', DOWNLOAD + skips, '    needs: [release]\n'),
    )
    expect(await found('irreversible-first', after)).toEqual([])
    expect(await found('upload-not-resumable', after)).toEqual([])
  })
})

describe('a release', () => {
  const release = (rest: string) => ({ [PATH]: `${TAGS}${rest}jobs:\n${job('out', DOWNLOAD + UPLOAD)}` })

  it('is not cancelled by a newer one', async () => {
    const own = `concurrency: { group: "a-\${{ github.run_id }}", cancel-in-progress: true }\n`
    expect(await found('release-cancelled', release(own))).toEqual([])
    const cancelled = release('concurrency: { group: a, cancel-in-progress: true }\n')
    expect(await found('release-cancelled', cancelled)).toEqual([
      `${PATH}:2:26 error a run of release.yml can be cancelled by a newer one`,
    ])
    expect(
      await found('release-cancelled', release('concurrency: { group: a, cancel-in-progress: false }\n')),
    ).toEqual([])
    const ofTag = `concurrency: { group: "a-\${{ github.ref }}", cancel-in-progress: true }\n`
    expect(await found('release-cancelled', release(ofTag))).toEqual([expect.stringContaining(' warning ')])
  })

  it('is no upload to the index for trials', async () => {
    const trial = `${UPLOAD}        with: { repository-url: https://test.index.example/legacy/ }\n`
    const files = workflow(job('out', DOWNLOAD + trial))
    expect(await found('no-concurrency', files)).toEqual([])
    expect(await found('no-concurrency', workflow(job('out', DOWNLOAD + UPLOAD)))).toHaveLength(1)
  })

  it('does not run twice at once', async () => {
    expect(await found('no-concurrency', release(''))).toHaveLength(1)
    expect(await found('no-concurrency', release('concurrency: release\n'))).toEqual([])
  })
})
