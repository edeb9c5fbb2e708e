import { spawnSync } from 'node:child_process'
import { Failure } from '../../shared/runner.mjs'

/** Runs git in a directory and returns what it printed, trimmed; a Failure with git's own words when it fails. */
export function git(folder, ...args) {
  const { status, stdout, stderr, error } = start(folder, args)
  if (error) throw new Failure(`git did not start (${error.message}); is it on PATH?`)
  if (status !== 0) throw new Failure(`git ${args[0]} failed with exit code ${status}: ${stderr.trim()}`)
  return stdout.trim()
}

/** The same, or undefined when git fails: for questions whose answer may be no. */
export function tryGit(folder, ...args) {
  const { status, stdout } = start(folder, args)
  return status === 0 ? stdout.trim() : undefined
}

function start(folder, args) {
  const env = { ...process.env, GIT_TERMINAL_PROMPT: '0' }
  return spawnSync('git', args, { cwd: folder, env, encoding: 'utf8', maxBuffer: 2 ** 28 })
}
