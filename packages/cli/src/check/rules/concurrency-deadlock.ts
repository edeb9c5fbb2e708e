import { callersOf } from '../facts/calls.ts'
import type { Rule, Spot } from '../finding.ts'
import type { Job, Workflow } from '../model/workflow.ts'
import type { YamlItem } from '../model/yaml-item.ts'

export const concurrencyDeadlock: Rule = {
  id: 'concurrency-deadlock',
  level: 'error',
  why: 'In a called workflow `github.workflow` is the name of the caller. A group of both waits for itself, which GitHub ends as a deadlock, and `cancel-in-progress` of the called one cancels the caller.',
  fix: 'Begin each group with a word of its own: `ci-` and the ref in one, `release-` and the tag in the other.',
  *find(repository) {
    for (const workflow of repository.workflows) {
      const callers = callersOf(workflow, repository)
      if (callers.length > 0)
        for (const { group, owner } of groups(workflow)) yield* clashes(group, owner, callers)
    }
  },
}

interface Group {
  readonly group: YamlItem
  /** Whose group it is, in words. */
  readonly owner: string
}

function groups(workflow: Workflow): Group[] {
  const all = [
    { group: groupOf(workflow.root), owner: workflow.file },
    ...workflow.jobs.map(({ id, item }) => ({
      group: groupOf(item),
      owner: `job ${id} of ${workflow.file}`,
    })),
  ]
  return all.flatMap(({ group, owner }) => (group ? [{ group, owner }] : []))
}

function groupOf(item: YamlItem): YamlItem | undefined {
  const concurrency = item.get('concurrency')
  return concurrency?.isMap ? concurrency.get('group') : concurrency
}

function* clashes(group: YamlItem, owner: string, callers: readonly Job[]): Iterable<Spot> {
  for (const caller of callers) {
    const same = [groupOf(caller.workflow.root), groupOf(caller.item)].some(
      other => other && squeezed(other.text) === squeezed(group.text),
    )
    if (same)
      yield {
        at: group.place,
        message: `${owner} has the same group as ${caller.workflow.file}, which calls it, and waits for it`,
      }
    else if (/\bgithub\.workflow\b/.test(group.text))
      yield {
        at: group.place,
        level: 'warning',
        message: `the group of ${owner} is named after the caller when job ${caller.id} of ${caller.workflow.file} calls it`,
      }
  }
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, '')
}
