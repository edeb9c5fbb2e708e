import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from '@jest/globals'
import { type GitRepo, gitRepo, tempDir } from '@tokenledger/testkit'
import { bump, configuration, digestOf, UV } from './project.ts'

interface Started {
  readonly repo: GitRepo
  readonly child: ChildProcess
  /** RUNNER_TEMP of the run. */
  readonly temporary: string
  /** The process id of the hook that is in the middle of its work. */
  readonly hook: number
  readonly before: string
}

const started: number[] = []

afterEach(() => {
  for (const pid of started.splice(0)) if (isAlive(pid)) process.kill(pid, 'SIGKILL')
})

/** A bump in a process of its own whose hook does not end; the tool has changed V by then. */
async function startBump(): Promise<Started> {
  const temporary = tempDir('runner-temp-')
  const mark = join(tempDir(), 'mark')
  const repo = gitRepo({
    '.bumpversion.toml': configuration(
      [`pre_commit_hooks = [${JSON.stringify(`sh -c 'echo $$ > ${mark}; exec sleep 600'`)}]`],
      'V',
    ),
    V: '1.2.3\n',
  })
  const before = digestOf(repo.path)
  const child = spawn(process.execPath, [join(import.meta.dirname, 'run-wrapped-bump.ts'), repo.path, UV], {
    env: { ...process.env, RUNNER_TEMP: temporary, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  while (!existsSync(mark) || !readFileSync(mark, 'utf8').endsWith('\n')) {
    if (child.exitCode !== null) throw new Error('the bump ended before its hook ran')
    await sleep(20)
  }
  const hook = Number(readFileSync(mark, 'utf8'))
  started.push(hook, child.pid ?? 0)
  return { repo, child, temporary, hook, before }
}

/** A process that has ended may stay in the table until its parent asks for it. */
function isAlive(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
  return stdout.trim() !== '' && !stdout.startsWith('Z')
}

describe('a bump that is ended in the middle', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('by %s clears up behind itself', async signal => {
    const { repo, child, temporary, hook, before } = await startBump()
    let printed = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk
    })
    child.kill(signal)
    await once(child, 'close')
    expect(printed).toBe(`BUMP_ENGINE: bump-my-version was cancelled by ${signal}; no file was changed\n`)
    expect(readdirSync(temporary)).toEqual([])
    expect(isAlive(hook)).toBe(false)
    expect(digestOf(repo.path)).toBe(before)
  })

  it('by SIGKILL leaves no work tree in .git and no change, and the next one works', async () => {
    const { repo, child, before } = await startBump()
    child.kill('SIGKILL')
    await once(child, 'close')
    expect(digestOf(repo.path)).toBe(before)
    expect(repo.git('worktree', 'list').split('\n')).toHaveLength(1)
    expect(await bump(repo)).toMatchObject({ next: '1.2.4' })
  })
})
