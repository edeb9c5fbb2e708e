import { describe, expect, it } from '@jest/globals'
import { repositoryOfUrl } from '../../src/init/github-repository.ts'

describe('the repository that an address means', () => {
  it.each([
    'https://github.com/acme/led.ger.git',
    'https://user:secret@github.com/acme/led.ger',
    'git@github.com:acme/led.ger.git\n',
    'ssh://git@github.com/acme/led.ger.git',
    'ssh://git@ssh.github.com:443/acme/led.ger.git',
    'git+https://github.com/acme/led.ger',
    'https://github.com/acme/led.ger/issues?q=1',
  ])('is acme/led.ger in %j', url => {
    expect(repositoryOfUrl(url)).toEqual({ owner: 'acme', name: 'led.ger' })
  })

  it.each([
    'https://gitlab.com/acme/ledger',
    'https://github.com.evil.example/acme/ledger',
    '/srv/github.com/acme/ledger',
    '',
  ])('is none in %j', url => expect(repositoryOfUrl(url)).toBeUndefined())
})
