import { describe, expect, it } from '@jest/globals'
import { gitFailureInWords } from '../src/git-failure.ts'

describe('gitFailureInWords', () => {
  it.each([
    ["fatal: unable to access 'https://github.com/a/b/': The requested URL returned error: 403", '403'],
    ["fatal: could not read Username for 'https://github.com': terminal prompts disabled", 'no credentials'],
    ["remote: Repository not found.\nfatal: repository 'https://github.com/a/b/' not found", '404'],
    [`fatal: remote error: upload-pack: not our ref ${'f'.repeat(40)}`, 'the server does not have it'],
    ["fatal: unable to access 'https://x/': Could not resolve host: x", 'the server cannot be reached'],
    ["fatal: 'origin' does not appear to be a git repository", 'there is no remote origin'],
    ['warning: x\nfatal: odd https://user:secret@host/a ::error::', 'fatal: odd (URL) :error:'],
    ['', ''],
  ])('%j is %j', (stderr, words) => expect(gitFailureInWords(stderr)).toBe(words))
})
