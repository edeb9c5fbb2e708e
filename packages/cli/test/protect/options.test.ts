import { describe, expect, it } from '@jest/globals'
import { UserError } from '@tokenledger/kit'
import { repositoryIn } from '../../src/protect/git-remote.ts'
import { readOptions } from '../../src/protect/options.ts'

describe('a call that is not understood', () => {
  it.each([
    [['--repo', 'consumer'], "--repo: 'consumer' is not OWNER/NAME"],
    [['--reviews', '11'], "--reviews: '11' is not a number from 0 to 10"],
    [['--format', 'xml'], "--format: 'xml' is not one of text, json"],
    [['--appply'], "Unknown option '--appply'"],
  ])('%j is told with the usage', (args, what) => {
    expect(() => readOptions(args)).toThrow(UserError)
    expect(() => readOptions(args)).toThrow(new RegExp(`^${what}[^]*--token-env`))
  })
})

describe('the repository of a remote', () => {
  it.each([
    'git@github.com:acme/consumer.git',
    'https://github.com/acme/consumer',
    'https://user:secret@github.com/acme/consumer.git',
    'ssh://git@github.com:22/acme/consumer.git',
  ])('is found in %s', url => {
    expect(repositoryIn(url)).toEqual({ host: 'github.com', repository: 'acme/consumer' })
  })

  it('is not found in a path', () => {
    expect(repositoryIn('/srv/git/acme/consumer.git')).toBeUndefined()
  })
})
