import { allJobs, allSteps } from '../facts/steps.ts'
import type { Rule } from '../finding.ts'
import type { YamlItem } from '../model/yaml-item.ts'

export const versionAsNumber: Rule = {
  id: 'version-as-number',
  level: 'error',
  why: 'A version without quotes is a number, and a number has no 0 at its end: 3.10 is 3.1.',
  fix: "Put it in quotes: `'3.10'`.",
  *find(repository) {
    const given = allSteps(repository).flatMap(({ item }) => item.get('with')?.entries() ?? [])
    const axes = allJobs(repository).flatMap(({ item }) => {
      const matrix = item.get('strategy', 'matrix')
      const included = (matrix?.get('include')?.elements() ?? []).flatMap(leg => leg.entries())
      return [...(matrix?.entries() ?? []), ...included]
    })
    const calls = allJobs(repository).flatMap(({ item }) => item.get('with')?.entries() ?? [])
    for (const [name, value] of [...given, ...axes, ...calls])
      if (/version|python|node|django|postgres/i.test(name))
        for (const version of value.elements().filter(losesItsEnd))
          yield { at: version.valuePlace, message: `${version.source} is read as ${version.text}` }
  },
}

function losesItsEnd({ source, value }: YamlItem): boolean {
  return typeof value === 'number' && /^\d+\.\d*0$/.test(source)
}
