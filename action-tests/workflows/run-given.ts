import { readFileSync, writeFileSync } from 'node:fs'
import { type LocalRunOptions, localRun } from '@tokenledger/local-run'
import { ours } from './run-ci.ts'

/**
 * Child of {@link runGiven}: runs what the JSON file in its argument asks for and writes the conversation back as it became, so
 * that a later run can go on with it.
 */
const file = process.argv[2] ?? ''
const { conversation, ...options } = JSON.parse(readFileSync(file, 'utf8')) as Omit<LocalRunOptions, 'ours'>
const isGood = await localRun({ ...options, ours: ours(), ...(conversation ? { conversation } : {}) })
writeFileSync(file, JSON.stringify({ conversation }))
process.exitCode = isGood ? 0 : 1
