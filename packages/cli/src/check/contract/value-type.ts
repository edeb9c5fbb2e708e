import type { YamlItem } from '../model/yaml-item.ts'
import type { ValueType } from './contract.ts'

const WHOLE = /^\s*\$\{\{([^}]*)\}\}\s*$/
/** What is always text, whatever stands in it: https://docs.github.com/en/actions/reference/workflows-and-actions/contexts */
const TEXT =
  /^\s*(?:github\.event\.inputs\.[\w-]+|vars\.\w+|secrets\.\w+|env\.\w+|(?:needs|steps)\.[\w-]+\.outputs\.[\w-]+)\s*$/

/** Why a value cannot be one of this type for a called workflow, in words; undefined where it can, or only the run knows. */
export function workflowValueProblem(value: YamlItem, type: ValueType): string | undefined {
  if (type === 'string') return undefined
  const wanted = type === 'boolean' ? 'true or false' : 'a number'
  const { text, value: literal } = value
  if (text.includes('${{')) {
    const inner = WHOLE.exec(text)?.[1]
    return inner === undefined || TEXT.test(inner) ? `is text, and has to be ${wanted}` : undefined
  }
  return typeof literal === type ? undefined : `is ${JSON.stringify(literal)}, and has to be ${wanted}`
}

/** The same for an action, whose inputs are texts: only the two words that a switch takes can be missed. */
export function actionValueProblem({ text, isScalar }: YamlItem, type: ValueType): string | undefined {
  if (type !== 'boolean' || !isScalar || /^(?:true|false|)$/.test(text) || text.includes('${{'))
    return undefined
  return `is ${JSON.stringify(text)}, and has to be true or false`
}
