/** `upload-process.ts <api> <repository> <tag> <concurrency> <file>…`: brings files into a new draft, verifies them, and prints the ms of that. */
import { measureFile } from '@tokenledger/distributions'
import { ensureDraft, githubClient, uploadAssets, verifyAssets } from '@tokenledger/github'

const [apiUrl = '', repository = '', tag = '', concurrency = '', ...paths] = process.argv.slice(2)
const files = await Promise.all(paths.map(measureFile))
const client = githubClient({ token: 't', apiUrl, errorPrefix: 'RELEASE' })
const text = { tag, name: tag, body: 'Notes.', isPrerelease: false, marker: '<!-- bench -->' }
const { release } = await ensureDraft(client, { repository, ...text })
const started = performance.now()
await uploadAssets(client, {
  repository,
  release,
  files,
  onConflict: 'fail',
  concurrency: Number(concurrency),
})
await verifyAssets(client, { repository, releaseId: release.id, expected: files })
console.log(performance.now() - started)
