import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, it } from '@jest/globals'
import { freePort } from '@tokenledger/postgres-server'
import { tempDir } from '@tokenledger/testkit'
import { checkout, killAll, start } from './start-ci.ts'

afterAll(killAll)

const MIXED = `
name: CI
on: push
jobs:
  plan:
    runs-on: ubuntu-latest
    outputs:
      legs: \${{ steps.legs.outputs.legs }}
    steps:
      - id: legs
        run: |
          echo 'legs=["a","b"]' >> "$GITHUB_OUTPUT"
          printf '# Plan\\n\\nTwo legs.\\n' >> "$GITHUB_STEP_SUMMARY"
  leg:
    name: leg (\${{ matrix.leg }})
    needs: plan
    runs-on: ubuntu-latest
    strategy:
      fail-fast: false
      matrix:
        leg: \${{ fromJSON(needs.plan.outputs.legs) }}
    steps:
      - name: Only b fails
        env:
          LEG: \${{ matrix.leg }}
        run: |
          echo "this is $LEG, $GITHUB_REPOSITORY, $RUNNER_ENVIRONMENT"
          echo "::error file=a.py,line=3::$LEG is bad"
          test "$LEG" = a
  never:
    if: github.event_name == 'release'
    runs-on: ubuntu-latest
    steps:
      - run: exit 1
  gate:
    if: always()
    needs: [plan, leg, never]
    runs-on: ubuntu-latest
    steps:
      - env:
          RESULT: \${{ needs.leg.result }}
        run: test "$RESULT" = success
`

describe('npm run ci', () => {
  it('runs the jobs, shows the failing step, and ends with 1, a table and a report', async () => {
    const repo = checkout(MIXED)
    const run = start(repo, '--report', 'out')
    const { code, text } = await run.end
    expect(text).toContain('✗ leg (b) · Only b fails')
    expect(text).toContain(`│ this is b, local/${repo.split('/').at(-1)}, github-hosted`)
    expect(text).toContain('│ error: a.py:3: b is bad')
    expect(text).toMatch(/^leg \(a\) +success +\d+\.\d$/m)
    expect(text).toMatch(/^leg \(b\) +failure +\d+\.\d$/m)
    expect(text).toMatch(/^never +skipped +if: github\.event_name == 'release'$/m)
    expect(text).toMatch(/^CI failed in \d+ s: leg \(b\), gate$/m)
    expect(code).toBe(1)
    const html = readFileSync(join(repo, 'out', 'index.html'), 'utf8')
    expect(html).toContain('<h1>Plan</h1>')
    expect(readdirSync(run.temp)).toEqual([])
  })

  it('runs one job with what it needs', async () => {
    const { code, text } = await start(checkout(MIXED), '--job', 'plan').end
    expect(text).toMatch(/^CI passed in \d+ s: 1 job$/m)
    expect(code).toBe(0)
  })

  it('lists the jobs when the wanted one does not exist', async () => {
    const { code, text } = await start(checkout(MIXED), '--job', 'lint').end
    expect(text).toContain(
      'There is no job "lint" in the workflows that this event starts. Their jobs are: plan, leg, never, gate.',
    )
    expect(code).toBe(1)
  })

  it('gives a job the PostgreSQL that its services ask for, on a port of its choice', async () => {
    const port = await freePort()
    const repo = checkout(`
on: push
jobs:
  database:
    runs-on: ubuntu-latest
    services:
      postgres:
        image: postgres:16
        env: { POSTGRES_PASSWORD: secret }
        ports: ['${port}:5432']
    steps:
      - shell: bash
        run: |
          exec 3<> /dev/tcp/localhost/${port}
          printf '\\x00\\x00\\x00\\x08\\x04\\xd2\\x16\\x2f' >&3
          read -r -n 1 -u 3 answer
          echo "TLS: $answer"
`)
    const { code, text } = await start(repo).end
    expect(text).toMatch(new RegExp(`PostgreSQL 16\\.\\S+ listens on port ${port} in place of postgres:16`))
    expect(text).toMatch(/^database +success/m)
    expect(code).toBe(0)
  })

  it('shows a job the tag that an earlier one has made on GitHub, and tells of it at the end', async () => {
    const repo = checkout(`
on: push
jobs:
  tag:
    runs-on: ubuntu-latest
    steps:
      - run: |
          body='{"ref":"refs/tags/v1","sha":"'"$GITHUB_SHA"'"}'
          curl --fail --silent --header 'Authorization: Bearer x' --data "$body" \\
            "$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/git/refs"
  look:
    needs: tag
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
        with: { fetch-depth: 0 }
      - run: test "$(git rev-parse v1)" = "$GITHUB_SHA"
`)
    const { code, text } = await start(repo).end
    expect(text).toMatch(/^look +success/m)
    expect(text).toMatch(/^What the jobs did on GitHub's stand-in:\n {2}tag v1 at [0-9a-f]{7}$/m)
    expect(code).toBe(0)
  })

  it('leaves no process and no file behind on Ctrl-C, not even a detached grandchild', async () => {
    const pids = join(tempDir(), 'pids')
    const port = await freePort()
    const repo = checkout(`
on: push
jobs:
  long:
    runs-on: ubuntu-latest
    services:
      postgres: { image: 'postgres:16', ports: ['${port}:5432'] }
    steps:
      - shell: bash
        run: |
          setsid sleep 300 &
          echo "$! $$" > ${pids}.part
          (trap '' TERM INT HUP; exec sleep 301) &
          echo "$!" >> ${pids}.part
          mv ${pids}.part ${pids}
          sleep 302
`)
    const run = start(repo)
    while (!existsSync(pids) && run.child.exitCode === null) await sleep(50)
    const started = readFileSync(pids, 'utf8').trim().split(/\s+/).map(Number)
    expect(started.filter(isAlive)).toHaveLength(3)
    run.child.kill('SIGINT')
    const { code, text } = await run.end
    expect(text).toContain('Stopping: ending jobs and services ...')
    expect(code).toBe(130)
    expect(started.filter(isAlive)).toEqual([])
    expect(processesIn(run.temp)).toEqual([])
    expect(readdirSync(run.temp)).toEqual([])
  })

  it('ends what a killed run left behind when the next one starts', async () => {
    const file = join(tempDir(), 'pid')
    const step = `echo $$ > ${file}.part && mv ${file}.part ${file} && sleep 300`
    const repo = checkout(`
on: push
jobs:
  long:
    runs-on: ubuntu-latest
    steps:
      - run: ${step}
`)
    const killed = start(repo)
    while (!existsSync(file) && killed.child.exitCode === null) await sleep(50)
    const pid = Number(readFileSync(file, 'utf8'))
    killed.child.kill('SIGKILL')
    await killed.end
    expect(isAlive(pid)).toBe(true)

    const { newRunFolder } = await import('../src/run-folder.ts')
    await (await newRunFolder(killed.temp)).remove()
    expect(isAlive(pid)).toBe(false)
    expect(readdirSync(killed.temp).filter(name => name.startsWith('tokenledger-run-'))).toEqual([])
  })
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

/** Processes that still work in a folder, by their command line or current directory. */
function processesIn(folder: string): string[] {
  expect(folder.startsWith(tmpdir())).toBe(true)
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(pid => readCommandLine(pid))
    .filter(command => command.includes(folder))
}

function readCommandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}
