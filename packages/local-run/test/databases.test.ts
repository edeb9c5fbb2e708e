import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { tempDir } from '@tokenledger/testkit'
import { planDatabases } from '../src/services/databases.ts'
import { selectJob } from '../src/workflows/job-selection.ts'
import { readWorkflow } from '../src/workflows/workflow.ts'

// biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub's expression, not a template.
const PORT = "${{ job.services.postgres.ports['5432'] }}"
const CALLED = `on: workflow_call
jobs:
  early:
    runs-on: ubuntu-latest
    services: &services
      postgres:
        image: postgres:16
        env: { POSTGRES_USER: ledger, POSTGRES_PASSWORD: ledger }
        ports: ['5432']
    steps: &steps
      - run: echo ${PORT}
  late:
    needs: early
    runs-on: ubuntu-latest
    services: *services
    steps: *steps
  other:
    runs-on: ubuntu-latest
    steps: []
`

function workflows() {
  const folder = tempDir()
  const path = (name: string) => join(folder, name)
  writeFileSync(path('called.yml'), CALLED)
  writeFileSync(path('ci.yml'), 'on: push\njobs:\n  ci:\n    uses: ./called.yml\n')
  const called = () => readWorkflow(path('called.yml'))
  return {
    caller: readWorkflow(path('ci.yml')),
    called,
    text: () => readFileSync(path('called.yml'), 'utf8'),
  }
}

describe('jobs of one file that let the runner choose the port of the same service', () => {
  it('get one database, and its port is written where they ask for it', async () => {
    const { caller, called, text } = workflows()
    const planned = await planDatabases(caller, called, () => true)
    expect(planned).toMatchObject([{ job: 'early', service: 'postgres', user: 'ledger', database: 'ledger' }])
    expect(text()).toContain(`echo $\{{ ${planned[0]?.port} }}`)
  })
})

describe('a job that is chosen', () => {
  it('is kept with what it has from an alias, whose job goes', () => {
    const { caller, called } = workflows()
    expect(selectJob([caller], 'other', called)).toMatchObject({ job: 'ci' })
    expect(called().jobs.map(({ id }) => id)).toEqual(['other'])
    const again = workflows()
    selectJob([again.caller], 'late', again.called)
    expect(again.called().jobs.map(({ id }) => id)).toEqual(['early', 'late'])
    expect(again.called().jobs[1]?.services).toHaveProperty('postgres')
    expect(again.text()).not.toMatch(/[&*](services|steps)/)
  })
})
