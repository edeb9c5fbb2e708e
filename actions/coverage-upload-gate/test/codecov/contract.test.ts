import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { DIFFERENCES } from './intended-differences.ts'
import { CLI_VERSION } from './official-cli.ts'
import { officialCli, ourClient, type Recorded, record } from './recorded.ts'
import { SCENARIOS } from './scenarios.ts'

type Golden = Readonly<Record<string, readonly Recorded[]>>

const file = new URL(`codecov-cli-${CLI_VERSION}.json`, import.meta.url)
const golden: Golden = JSON.parse(readFileSync(file, 'utf8'))
const scenarios = Object.entries(SCENARIOS)

const asOurs = (request: Recorded) => DIFFERENCES.reduce((sent, { apply }) => apply(sent), request)

describe('our requests are those of the official command, but for the named differences', () => {
  it.each(scenarios)('for a %s', async (name, scenario) => {
    expect(await record(scenario, ourClient)).toEqual(golden[name]?.map(asOurs))
  })

  it.each(DIFFERENCES)('and there still is one: $what', ({ apply }) => {
    const requests = Object.values(golden).flat()
    expect(requests.map(apply)).not.toEqual(requests)
  })
})

describe('the recorded requests', () => {
  // UPDATE_GOLDEN=1 writes them anew, for another version of the command.
  it('are what the official command sends today', async () => {
    const today: Record<string, Recorded[]> = {}
    for (const [name, scenario] of scenarios) today[name] = await record(scenario, officialCli)
    if (process.env.UPDATE_GOLDEN) writeFileSync(file, `${JSON.stringify(today, null, 2)}\n`)
    expect(today).toEqual(JSON.parse(readFileSync(file, 'utf8')))
  })

  it('hold no address, token or folder of the machine that recorded them', () => {
    const text = readFileSync(file, 'utf8')
    expect(text).not.toMatch(/127\.0\.0\.1|localhost|\/tmp\/|\/home\/|\/root\/|eyJ|[0-9a-f]{8}-[0-9a-f]{4}-/)
  })
})
