import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asDollars, type ModelCosts, totalOf } from '../src/costs.ts'

const costs = (cost: string): ModelCosts => ({
  model: 'gpt-4o',
  calls: 1,
  inputTokens: 10,
  outputTokens: 5,
  cost,
})

test('the total is the sum of the decimal texts', () => {
  assert.equal(totalOf([costs('0.0012'), costs('1.5')]).toFixed(4), '1.5012')
  assert.equal(totalOf([]), 0)
})

test('dollars keep four digits, as one call costs less than a cent', () => {
  assert.equal(asDollars(0.0012), '$0.0012')
})
