import { describe, expect, it } from '@jest/globals'
import { commentNeeded } from '../../src/render/comment-needed.ts'
import type { CoverageView } from '../../src/render/coverage-view.ts'
import { links, passed, patch, patchFile, totals, view } from './views.ts'

const docsOnly = view({
  ...passed,
  patch: patch(),
  base: { total: totals(812, 900, 100, 100), source: 'base.xml' },
})
const affected = view({ ...passed, patch: patch(patchFile('a.py', 3)) })
const { pull: _, ...push } = links

describe('commentNeeded', () => {
  it.each<[Parameters<typeof commentNeeded>[0], string, CoverageView, string, string]>([
    ['auto', 'a failed gate', view(), 'create-or-update', 'the gate failed'],
    [
      'auto',
      'a problem beside the gate',
      { ...docsOnly, errors: ['x'] },
      'create-or-update',
      'the report has problems',
    ],
    ['auto', 'measured changes', affected, 'create-or-update', 'changed lines are measured'],
    [
      'auto',
      'changes that are not known',
      { ...docsOnly, patch: { kind: 'unknown', reason: 'x' } },
      'create-or-update',
      'the changed lines are not known',
    ],
    [
      'auto',
      'another total',
      { ...docsOnly, total: totals(1, 2) },
      'create-or-update',
      'the total differs from the base',
    ],
    ['auto', 'nothing of that', docsOnly, 'update', 'coverage is not affected and nothing failed'],
    ['on-failure', 'a failed gate', view(), 'create-or-update', 'the gate failed'],
    ['on-failure', 'measured changes', affected, 'update', 'nothing failed'],
    ['always', 'nothing of that', docsOnly, 'create-or-update', 'comment is always'],
    ['off', 'a failed gate', view(), 'none', 'comment is off'],
    ['always', 'a push', view({ links: push }), 'none', 'this run is not for a pull request'],
  ])('%s with %s', (mode, _, of, action, reason) => {
    expect(commentNeeded(mode, of)).toEqual({ action, reason })
  })

  it('needs a base to tell that the total differs', () => {
    const { base: _, ...without } = docsOnly
    expect(commentNeeded('auto', without)).toMatchObject({ action: 'update' })
  })
})
