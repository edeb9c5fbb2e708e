import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { identityToken } from '../../shared/identity.mjs'
import { Failure, flag, info, input, mask, notice, run } from '../../shared/runner.mjs'
import { existing } from './existing.mjs'
import { twine } from './twine.mjs'

await run(async () => {
  const index = process.env.LOCAL_RUN_PUBLISH_INDEX
  if (!index)
    throw new Failure('LOCAL_RUN_PUBLISH_INDEX is not set; it names the index of a run without GitHub.')
  refuseCalledWorkflow()
  if (input('repository-url')) notice(`Files go to the index of this run, not to ${input('repository-url')}.`)
  const password = input('password') || (await trustedPassword())
  mask(password)
  const files = distributions()
  if (flag('verify-metadata')) twine(['check', ...files])
  if (flag('print-hash') || flag('verbose')) files.forEach(printHash)
  const there = flag('skip-existing') ? await existing(index, files) : new Set()
  for (const file of files.filter(path => there.has(basename(path))))
    info(`${basename(file)} is on the index already and is left out.`)
  const left = files.filter(path => !there.has(basename(path)))
  if (left.length === 0) return
  twine(['upload', '--disable-progress-bar', ...(flag('verbose') ? ['--verbose'] : []), ...left], {
    TWINE_REPOSITORY_URL: index,
    TWINE_USERNAME: input('user'),
    TWINE_PASSWORD: password,
  })
})

/**
 * PyPI refuses the identity of a job in a called workflow. In such a job act gives GITHUB_WORKFLOW the called one's name, and
 * LOCAL_RUN_WORKFLOW keeps the name of the one that the event started.
 */
function refuseCalledWorkflow() {
  const { GITHUB_WORKFLOW: here, LOCAL_RUN_WORKFLOW: started } = process.env
  if (!started || here === started) return
  throw new Failure(
    `Trusted publishing works in no reusable workflow, and this job is in "${here}", which "${started}" calls. Put the job into the calling file.`,
  )
}

/** An index that trusts a publisher gives a password for the job's identity; the one of a run takes the identity itself. */
async function trustedPassword() {
  if (input('user') !== '__token__') throw new Failure('A user other than __token__ needs a password.')
  return identityToken('pypi')
}

/** All that is in the folder, as with the real action: twine refuses what is no distribution. */
function distributions() {
  const folder = resolve(process.env.GITHUB_WORKSPACE ?? process.cwd(), input('packages-dir'))
  const names = existsSync(folder) ? readdirSync(folder).sort() : []
  if (names.some(name => /\.(whl|tar\.gz)$/.test(name))) return names.map(name => join(folder, name))
  throw new Failure(`There is no wheel and no sdist in ${folder}; did the job download the build's artifact?`)
}

function printHash(path) {
  const content = readFileSync(path)
  const hash = (name, options) => createHash(name, options).update(content).digest('hex')
  info(`${basename(path)}\n  sha256 ${hash('sha256')}\n  md5 ${hash('md5')}`)
}
