import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { buildSchema, isInterfaceType, isObjectType } from 'graphql'
import { contract } from '../src/github-api/contract.ts'
import { permissionsFor } from '../src/github-api/permissions.ts'
import { router } from '../src/github-api/router.ts'
import { routes } from '../src/github-api/routes.ts'

const served = Object.keys(routes).sort()

describe("the slice of GitHub's description", () => {
  it('holds exactly the operations that the stand-in serves', () => {
    const listed = readFileSync(new URL('../openapi/operations.txt', import.meta.url), 'utf8')
    const wanted = listed.split('\n').filter(line => line && !line.startsWith('#'))
    expect(wanted.sort()).toEqual(served)
    const { paths } = JSON.parse(
      readFileSync(new URL('../openapi/fixtures/github-api.json', import.meta.url), 'utf8'),
    )
    const described = Object.entries<object>(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map(method => `${method.toUpperCase()} ${path}`),
    )
    expect(described.sort()).toEqual(served)
  })

  it('finds a missing property, a wrong type and an undocumented status', () => {
    const { response } = contract()
    const operation = 'GET /repos/{owner}/{repo}/git/ref/{ref}'
    const object = { type: 'commit', sha: 'a'.repeat(40), url: 'https://api.github.com/x' }
    const ref = { ref: 'refs/heads/main', node_id: 'x', url: 'https://api.github.com/y', object }
    expect(response(operation, 200, ref)).toEqual([])
    expect(response(operation, 200, { ...ref, node_id: undefined })).toHaveLength(1)
    expect(response(operation, 200, { ...ref, ref: 7 })).toEqual([
      expect.stringContaining('/ref must be string'),
    ])
    expect(response(operation, 418, {})).toEqual(['status 418 is not documented'])
  })

  it('allows null where GitHub says nullable', () => {
    const { response } = contract()
    const sarif = 'GET /repos/{owner}/{repo}/code-scanning/sarifs/{sarif_id}'
    expect(response(sarif, 200, { processing_status: 'complete', analyses_url: null })).toEqual([])
    expect(response(sarif, 200, { processing_status: null })).not.toEqual([])
  })
})

describe('the router', () => {
  it.each([
    ['GET', '/repos/a/b/git/ref/heads/feature/x', 'git/ref/{ref}', { ref: 'heads/feature/x' }],
    ['GET', '/repos/a/b/commits/abc/check-runs', 'commits/{ref}/check-runs', { ref: 'abc' }],
    ['GET', '/repos/a/b/commits/feature%2Fx', 'commits/{ref}', { ref: 'feature/x' }],
    ['GET', '/repos/a/b/contents/', 'contents/{path}', { path: '' }],
    ['PATCH', '/repos/a/b/issues/comments/7', 'issues/comments/{comment_id}', { comment_id: '7' }],
  ])('takes %s %s for %s', (method, path, operation, params) => {
    const match = router(routes)(method, path)
    expect(match?.operation).toBe(`${method} /repos/{owner}/{repo}/${operation}`)
    expect(match?.params).toEqual({ owner: 'a', repo: 'b', ...params })
  })

  it('knows nothing else', () => {
    expect(router(routes)('PUT', '/repos/a/b')).toBeUndefined()
    expect(router(routes)('GET', '/repos/a')).toBeUndefined()
  })
})

describe('permissions', () => {
  it('guard every operation but those that every token may read', () => {
    expect(served.filter(operation => permissionsFor(operation).length === 0)).toEqual([
      'GET /rate_limit',
      'GET /repos/{owner}/{repo}',
      'GET /repos/{owner}/{repo}/rulesets',
      'GET /repos/{owner}/{repo}/rulesets/{ruleset_id}',
    ])
    expect(permissionsFor('GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls')).toEqual(['pull-requests'])
    expect(permissionsFor('GET /repos/{owner}/{repo}/commits/{ref}/status')).toEqual(['statuses'])
  })
})

describe("the slice of GitHub's GraphQL schema", () => {
  it('holds exactly the fields that are listed', () => {
    const read = (path: string) => readFileSync(new URL(`../graphql/${path}`, import.meta.url), 'utf8')
    const listed = read('fields.txt')
      .split('\n')
      .filter(line => line && !line.startsWith('#'))
    const types = Object.values(buildSchema(read('fixtures/github.graphql')).getTypeMap())
    const own = types.filter(({ name }) => !name.startsWith('__'))
    const fields = own.flatMap(type =>
      isObjectType(type) || isInterfaceType(type)
        ? Object.keys(type.getFields()).map(field => `${type.name}.${field}`)
        : [],
    )
    expect(fields.sort()).toEqual(listed.sort())
  })
})
