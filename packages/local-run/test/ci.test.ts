import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, it } from '@jest/globals'
import { freePort } from '@tokenledger/postgres-server'
import { tempDir, writeFiles } from '@tokenledger/testkit'
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

  it('runs at a tag what the tag starts, on what the checkout holds', async () => {
    const repo = checkout(`
on: { push: { tags: [v*] } }
jobs:
  here:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
      - run: |
          echo "$GITHUB_REF_TYPE $GITHUB_REF_NAME $GITHUB_REF"
          test "$(git rev-parse HEAD v1.0.0)" = "$(printf '%s\\n' "$GITHUB_SHA" "$GITHUB_SHA")" && echo the commit
          false
`)
    const { code, text } = await start(repo, '--tag', 'v1.0.0').end
    expect(text).toMatch(/│ tag v1\.0\.0 refs\/tags\/v1\.0\.0$/m)
    expect(text).toContain('│ the commit')
    expect(code).toBe(1)
    const other = await start(repo, '--tag', 'w1').end
    expect(other.text).toContain('starts on push at tag w1.')
    expect((await start(repo).end).text).toContain('starts on push.')
  })

  it('gives an identity to jobs with id-token: write alone, through a called workflow too', async () => {
    const job = (permissions: string) => `
    runs-on: ubuntu-latest
    ${permissions}
    steps:
      - run: echo "$GITHUB_JOB at '$ACTIONS_ID_TOKEN_REQUEST_URL'" && false`
    const repo = checkout(`
name: Caller
on: push
permissions: {}
jobs:
  none: ${job('')}
  own: ${job('permissions: { id-token: write }')}
  outer:
    permissions: { id-token: write }
    uses: ./.github/workflows/called.yml
`)
    writeFiles(repo, {
      '.github/workflows/called.yml': `
name: Called
on: workflow_call
jobs:
  inherits: ${job('')}
  declines: ${job('permissions: { contents: read }')}
`,
    })
    const { text } = await start(repo).end
    for (const name of ['none', 'declines']) expect(text).toContain(`│ ${name} at ''`)
    for (const name of ['own', 'inherits']) expect(text).toContain(`│ ${name} at 'http://127.0.0.1:`)
  })

  it('takes the outputs of a skipped job for empty, as GitHub does, and shows its condition as it is written', async () => {
    const repo = checkout(`
on: push
jobs:
  outer:
    uses: ./.github/workflows/called.yml
  empty:
    needs: outer
    if: needs.outer.outputs.word == ''
    runs-on: ubuntu-latest
    steps:
      - run: echo "the word is '$WORD'" && false
        env: { WORD: "\${{ needs.outer.outputs.word || 'none' }}" }
  full:
    needs: outer
    if: needs.outer.outputs.word != ''
    runs-on: ubuntu-latest
    steps: [{ run: exit 1 }]
`)
    writeFiles(repo, {
      '.github/workflows/called.yml': `
on:
  workflow_call:
    outputs:
      word: { value: "\${{ jobs.never.outputs.word && 'full' || jobs.ran.outputs.word }}" }
jobs:
  ran:
    runs-on: ubuntu-latest
    outputs: { word: "\${{ steps.none.outputs.word }}" }
    steps: [{ run: 'true' }]
  never:
    if: github.actor == 'nobody'
    runs-on: ubuntu-latest
    outputs: { word: "\${{ steps.say.outputs.word }}" }
    steps:
      - id: say
        run: echo word=full >> "$GITHUB_OUTPUT"
  gate:
    if: always()
    needs: [ran, never]
    runs-on: ubuntu-latest
    steps: [{ run: 'true' }]
`,
    })
    const { text } = await start(repo).end
    expect(text).toContain("│ the word is 'none'")
    expect(text).toContain("- full skipped (needs.outer.outputs.word != '')")
  })

  it('tells a job of a called workflow by names: its own, and that of the one that the event has started', async () => {
    const repo = checkout(`
name: Caller
on: push
jobs:
  outer:
    uses: ./.github/workflows/called.yml
`)
    writeFiles(repo, {
      '.github/workflows/called.yml': `
name: Called
on: workflow_call
jobs:
  inner:
    runs-on: ubuntu-latest
    steps:
      - run: echo "$GITHUB_WORKFLOW of $LOCAL_RUN_WORKFLOW" && false
`,
    })
    expect((await start(repo).end).text).toContain('│ Called of Caller')
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
