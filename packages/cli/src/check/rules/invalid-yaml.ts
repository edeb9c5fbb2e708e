import type { Rule } from '../finding.ts'
import { syntaxErrors } from '../model/yaml-item.ts'
import { yamlRoots } from '../repository.ts'

export const invalidYaml: Rule = {
  id: 'invalid-yaml',
  level: 'error',
  why: 'GitHub ignores a file that it cannot parse; the other rules can see only a part of it.',
  fix: 'Correct this line.',
  *find(repository) {
    for (const { file } of yamlRoots(repository)) yield* syntaxErrors(file)
  },
}
