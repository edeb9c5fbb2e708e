import { type ChildProcess, spawn } from 'node:child_process'

/** `detached` of a child that is to be ended with its children; Windows has no groups. */
export const OWN_GROUP = process.platform !== 'win32'

/** Sends a signal to a child of `detached: OWN_GROUP` and its children. A group that has gone already is fine. */
export function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    // Windows has neither groups nor signals: only the whole tree can be ended, and at once.
    if (OWN_GROUP) process.kill(-pid, signal)
    else spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
