import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { LOCKED_REQUIREMENTS } from '../../../actions/version-bump/src/wrapped/locked-requirements.ts'
import { LOCK_FILE, lockModule } from '../src/lock-bump-my-version.ts'

describe('the lock file of bump-my-version', () => {
  it('is in the form that the program writes', () => {
    expect(lockModule(LOCKED_REQUIREMENTS)).toBe(readFileSync(LOCK_FILE, 'utf8'))
  })

  it('has one line a package, so that an update is easy to review', () => {
    expect(
      lockModule('a==1 \\\n    --hash=sha256:0 \\\n    --hash=sha256:1\nb==2 \\\n    --hash=sha256:2\n'),
    ).toContain('`\\\na==1 --hash=sha256:0 --hash=sha256:1\nb==2 --hash=sha256:2\n`')
  })
})
