import { describe, expect, it } from '@jest/globals'
import { handedOn, postgresWishes } from '../src/services/postgres-wish.ts'
import { job, workflow } from './workflow.ts'

const service = (fields = {}) => ({ image: 'postgres:16-alpine', env: {}, ports: ['5432:5432'], ...fields })

describe('the databases that jobs expect', () => {
  it('are read from services, with the defaults of the image', () => {
    const jobs = [
      job('integration', { services: { postgres: service(), cache: service({ image: 'redis:7' }) } }),
      job('other', { services: { db: service({ image: 'pgvector/pgvector:pg16', ports: ['6000:5432'] }) } }),
    ]
    expect(postgresWishes(workflow('W', jobs), {})).toMatchObject([
      { job: 'integration', port: 5432, user: 'postgres', password: '', database: 'postgres' },
      { job: 'other', service: 'db', port: 6000 },
    ])
  })

  it('follow the inputs of a called workflow', () => {
    // biome-ignore-start lint/suspicious/noTemplateCurlyInString: GitHub's expressions, not templates.
    const called = service({
      image: '${{ inputs.postgres-image }}',
      env: { POSTGRES_USER: '${{ inputs.user }}', POSTGRES_DB: 'ledger' },
      ports: ['5432'],
    })
    // biome-ignore-end lint/suspicious/noTemplateCurlyInString: see above.
    const on = { workflow_call: { inputs: { 'postgres-image': { default: 'postgres:17' }, user: {} } } }
    const jobs = [job('integration', { services: { postgres: called } })]
    expect(postgresWishes(workflow('W', jobs, on), { user: 'someone' })).toMatchObject([
      { image: 'postgres:17', user: 'someone', database: 'ledger', port: undefined },
    ])
  })

  it('follow an input through a workflow that only hands it on', () => {
    // biome-ignore-start lint/suspicious/noTemplateCurlyInString: GitHub's expressions, not templates.
    const inputs = { user: '${{ inputs.postgres-user }}', image: '${{ inputs.image }}', cache: false }
    // biome-ignore-end lint/suspicious/noTemplateCurlyInString: see above.
    const on = { workflow_call: { inputs: { 'postgres-user': { default: 'ledger' }, image: {} } } }
    const between = workflow('W', [job('ci', { uses: './ci.yml', inputs })], on)
    const [call] = between.jobs
    if (!call) throw new Error('no job')
    expect(handedOn(between, {}, call)).toEqual({ user: 'ledger', image: '', cache: false })
    expect(handedOn(between, { 'postgres-user': 'someone' }, call)).toMatchObject({ user: 'someone' })
  })
})
