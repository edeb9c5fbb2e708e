import { filterPattern } from '../../workflows/glob.ts'
import { preparedByOurs, publishes, runsAtTag } from '../facts/releasing.ts'
import type { Rule } from '../finding.ts'
import type { Workflow } from '../model/workflow.ts'

/** Texts that nobody means by a version, from a typing error to another kind of tag. */
const NO_VERSIONS = ['vfoo.bar.baz', 'vnext', 'v-docs', 'latest', 'foo.bar.baz']

export const tagGlob: Rule = {
  id: 'tag-glob',
  level: 'warning',
  why: 'The pattern of a trigger is a glob: `*` stands for any text, so tags that are no versions start a release.',
  fix: 'Write `v[0-9]*`, and parse the tag strictly in the first job.',
  *find({ workflows }) {
    for (const workflow of workflows) {
      // A build of the documentation may well run at any tag.
      if (preparedByOurs(workflow) || !releases(workflow)) continue
      for (const glob of workflow.events.get('push')?.get('tags')?.elements() ?? []) {
        const accepted = NO_VERSIONS.find(name => filterPattern(glob.text)(name))
        if (accepted) yield { at: glob.place, message: `'${glob.text}' also accepts '${accepted}'` }
      }
    }
  },
}

function releases(workflow: Workflow): boolean {
  return (
    workflow.jobs.some(job => publishes(job) && runsAtTag(job)) ||
    /^(?!.*(?:docs|documentation|pages)).*(?:release|publish|deploy)/i.test(
      `${workflow.file} ${workflow.name}`,
    )
  )
}
