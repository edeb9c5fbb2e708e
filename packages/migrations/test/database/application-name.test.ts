import { expect, test } from '@jest/globals'
import { applicationName } from '../../src/database/application-name.ts'

const env = (GITHUB_REPOSITORY: string, GITHUB_RUN_ID: string, GITHUB_RUN_ATTEMPT = '1') => ({
  GITHUB_REPOSITORY,
  GITHUB_RUN_ID,
  GITHUB_RUN_ATTEMPT,
})

test.each([
  [env('ged1182/TokenLedger', '9812'), 'tokenledger-actions/run-migrations ged1182/TokenLedger#9812/1'],
  [
    env('ged1182/TokenLedger', '17412345678', '2'),
    'tokenledger-actions/run-migrations ged1182/TokenL#17412345678/2',
  ],
  [env('a/b', '1', ''), 'tokenledger-actions/run-migrations a/b#1/1'],
  [env('owner/репо', '1'), 'tokenledger-actions/run-migrations owner/????#1/1'],
  [{}, 'tokenledger-actions/run-migrations'],
])('%j gives %s', (given, expected) => {
  expect(applicationName(given)).toBe(expected)
  expect(Buffer.byteLength(expected)).toBeLessThanOrEqual(63)
})
